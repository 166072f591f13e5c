"""Addresses of incidents, below /watch/incidents/."""

from django.urls import path

from concertation.situation.views import incident_acts as acts
from concertation.situation.views import incident_days as days
from concertation.situation.views import incident_imports as imports
from concertation.situation.views import incident_reporting as reporting
from concertation.situation.views import incidents as pages
from concertation.situation.views import kinds, observation

incident_patterns = [
    path("incidents/", pages.show_incidents, name="incidents"),
    path("incidents/new/", reporting.report, name="report_incident"),
    path("incidents/calendar/", days.show_calendar, name="incident_calendar"),
    path("incidents/day/", days.show_latest, name="incident_latest"),
    path("incidents/day/<str:day>/", days.show_day, name="incident_day"),
    path("incidents/day/<str:day>/report/", days.send_report, name="incident_report"),
    path("incidents/observation/", observation.show_observation, name="observation"),
    path("incidents/observation/areas/", observation.add, name="add_area"),
    path("incidents/observation/areas/<uuid:area_id>/end/", observation.end, name="end_area"),
    path("incidents/observation/<uuid:limit_id>/correct/", observation.correct, name="correct_limit"),
    path("incidents/kinds/", kinds.show_kinds, name="kinds"),
    path("incidents/kinds/<slug:code>/", kinds.change, name="kind"),
    path("incidents/kinds/<slug:code>/retire/", kinds.retire, name="retire_kind"),
    path("incidents/kinds/<slug:code>/reopen/", kinds.reopen, name="reopen_kind"),
    path("incidents/import/", imports.look, name="import_incidents"),
    path("incidents/import/confirm/", imports.confirm, name="confirm_import"),
    path("incidents/<uuid:incident_id>/", pages.show_incident, name="incident"),
    path("incidents/<uuid:incident_id>/correct/", reporting.correct, name="correct_incident"),
    path("incidents/<uuid:incident_id>/share/", acts.share, name="share_incident"),
    path("incidents/<uuid:incident_id>/verify/", acts.verify, name="verify_incident"),
    path("incidents/<uuid:incident_id>/attribute/", acts.attribute, name="attribute_incident"),
    path("incidents/<uuid:incident_id>/remedy/", acts.remedy, name="decide_remedy"),
    path("incidents/<uuid:incident_id>/merge/", acts.merge, name="merge_incident"),
    path("incidents/<uuid:incident_id>/part/", acts.part, name="part_incident"),
    path("incidents/<uuid:incident_id>/accounts/<int:number>/proof/", pages.prove, name="prove_incident"),
]
