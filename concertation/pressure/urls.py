"""Addresses of measures, packages and steps."""

from django.urls import path

from concertation.pressure.views import alignment, catalogue, measures, packages, steps

app_name = "pressure"
urlpatterns = [
    path("", alignment.show_measures, name="list"),
    path("matrix/", alignment.show_matrix, name="matrix"),
    path("matrix.csv", alignment.export_matrix, name="export"),
    path("alignment/", alignment.show_alignment, name="alignment"),
    path("members/<str:code>/", alignment.show_member, name="member"),
    path("publish/", alignment.publish, name="publish"),
    path("new/", measures.define, name="define"),
    path("import/", catalogue.preview, name="import"),
    path("import/confirm/", catalogue.confirm, name="confirm_import"),
    path("packages/", packages.show_packages, name="packages"),
    path("packages/new/", packages.make, name="make_package"),
    path("packages/<uuid:package_id>/", packages.show_package, name="package"),
    path("packages/<uuid:package_id>/edit/", packages.edit, name="edit_package"),
    path("packages/<uuid:package_id>/move/", packages.move, name="move_measure"),
    path("packages/<uuid:package_id>/retire/", packages.retire, name="retire_package"),
    path("packages/<uuid:package_id>/reopen/", packages.reopen, name="reopen_package"),
    path("steps/", steps.show_steps, name="steps"),
    path("steps/new/", steps.plan, name="plan_step"),
    path("steps/<uuid:step_id>/", steps.show_step, name="step"),
    path("steps/<uuid:step_id>/edit/", steps.edit, name="edit_step"),
    path("steps/<uuid:step_id>/dismiss/", steps.dismiss, name="dismiss_step"),
    path("steps/<uuid:step_id>/done/", steps.settle, name="settle_step"),
    path("statements/<uuid:statement_id>/correct/", measures.correct, name="correct"),
    path("<uuid:measure_id>/", measures.show_measure, name="measure"),
    path("<uuid:measure_id>/edit/", measures.edit, name="edit"),
    path("<uuid:measure_id>/retire/", measures.retire, name="retire"),
    path("<uuid:measure_id>/reopen/", measures.reopen, name="reopen"),
    path("<uuid:measure_id>/state/", measures.state, name="state"),
]
