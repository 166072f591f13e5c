"""Addresses of what the coalition watches."""

from django.urls import path

from concertation.situation.incident_urls import incident_patterns
from concertation.situation.views import conditions as views

app_name = "situation"
urlpatterns = [
    path("", views.show_conditions, name="list"),
    path("conditions/new/", views.define, name="define"),
    path("conditions/<uuid:condition_id>/", views.show_condition, name="condition"),
    path("conditions/<uuid:condition_id>/reword/", views.reword, name="reword"),
    path("conditions/<uuid:condition_id>/retire/", views.retire, name="retire"),
    path("conditions/<uuid:condition_id>/reopen/", views.reopen, name="reopen"),
    path("conditions/<uuid:condition_id>/assess/", views.assess, name="assess"),
    path("assessments/<uuid:assessment_id>/correct/", views.correct, name="correct"),
    *incident_patterns,
]
