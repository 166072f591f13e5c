"""Addresses of what is required, contributed and planned."""

from django.urls import include, path

from concertation.commitments import urls_pictures
from concertation.commitments.views import contributions, coverage, requirements

app_name = "commitments"
urlpatterns = [
    path("", coverage.show_coverage, name="coverage"),
    path("totals/publish/", coverage.publish, name="publish_totals"),
    path("requirements/new/", requirements.require, name="require"),
    path("requirements/<uuid:requirement_id>/", requirements.show_requirement, name="requirement"),
    path("requirements/<uuid:requirement_id>/revise/", requirements.revise, name="revise_requirement"),
    path("requirements/<uuid:requirement_id>/drop/", requirements.drop, name="drop_requirement"),
    path("catalogue/", requirements.show_catalogue, name="catalogue"),
    path("catalogue/usual/", requirements.take_usual, name="take_usual"),
    path("catalogue/rates/", requirements.enter_rate, name="enter_rate"),
    path("catalogue/new/", requirements.define, name="define_capability"),
    path("catalogue/<slug:code>/", requirements.change, name="change_capability"),
    path("catalogue/<slug:code>/retire/", requirements.retire, name="retire_capability"),
    path("contributions/", contributions.show_contributions, name="contributions"),
    path("contributions/new/", contributions.announce, name="announce"),
    path("contributions/<uuid:contribution_id>/", contributions.show_contribution, name="contribution"),
    path("contributions/<uuid:contribution_id>/revise/", contributions.revise, name="revise_terms"),
    path("contributions/<uuid:contribution_id>/approve/<slug:approval>/", contributions.approve, name="approve"),
    path("contributions/<uuid:contribution_id>/caveat/", contributions.caveat, name="caveat"),
    path("contributions/<uuid:contribution_id>/caveat/<int:number>/lift/", contributions.lift, name="lift"),
    path("contributions/<uuid:contribution_id>/<slug:name>/", contributions.act, name="act"),
    path("entries/<uuid:fact_id>/correct/", contributions.correct, name="correct"),
    path("contributions/by/<str:code>/", contributions.show_member, name="member"),
    path("", include("concertation.commitments.urls_files")),
    path("plan/", include("concertation.commitments.urls_plan")),
    *urls_pictures.urlpatterns,
]
