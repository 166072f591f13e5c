"""Addresses of scenarios and plans, below those of commitments."""

from django.urls import path

from concertation.commitments.views import plans as views

urlpatterns = [
    path("", views.show_plans, name="plans"),
    path("compare/", views.compare, name="plan_compare"),
    path("scenarios/new/", views.define, name="plan_scenario_new"),
    path("scenarios/<uuid:scenario_id>/", views.show_scenario, name="plan_scenario"),
    path("scenarios/<uuid:scenario_id>/change/", views.change, name="plan_scenario_change"),
    path("scenarios/<uuid:scenario_id>/run/", views.start, name="plan_start"),
    path("<uuid:run_id>/", views.show_run, name="plan_run"),
    path("<uuid:run_id>/who/", views.show_services, name="plan_services"),
    path("<uuid:run_id>/cancel/", views.cancel, name="plan_cancel"),
    path("<uuid:run_id>/propose/", views.propose, name="plan_propose"),
    path("<uuid:run_id>/confirm/", views.confirm, name="plan_confirm"),
    path("<uuid:run_id>/decline/", views.decline, name="plan_decline"),
]
