"""Addresses of what the coalition watches."""

from django.urls import path

from concertation.situation.views import conditions as views
from concertation.situation.views import contacts, positions

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
    path("positions/", positions.show_positions, name="positions"),
    path("positions/new/", positions.pose, name="pose"),
    path("positions/<uuid:question_id>/", positions.show_question, name="question"),
    path("positions/<uuid:question_id>/reword/", positions.reword, name="reword_question"),
    path("positions/<uuid:question_id>/close/", positions.close, name="close_question"),
    path("positions/<uuid:question_id>/reopen/", positions.reopen, name="reopen_question"),
    path("positions/<uuid:question_id>/state/", positions.state, name="state"),
    path("positions/statements/<uuid:statement_id>/correct/", positions.correct, name="correct_statement"),
    path("positions/others/new/", positions.add_actor, name="add_actor"),
    path("positions/others/<uuid:counterpart_id>/", positions.change_actor, name="change_actor"),
    path("contacts/", contacts.show_contacts, name="contacts"),
    path("contacts/new/", contacts.announce, name="announce"),
    path("contacts/<uuid:contact_id>/", contacts.show_contact, name="contact"),
    path("contacts/<uuid:contact_id>/held/", contacts.hold, name="hold_contact"),
    path("contacts/<uuid:contact_id>/cancel/", contacts.cancel, name="cancel_contact"),
    path("contacts/<uuid:contact_id>/strike/", contacts.strike, name="strike_contact"),
    path("contacts/<uuid:contact_id>/points/", contacts.ask_point, name="ask_point"),
    path("contacts/<uuid:contact_id>/readout/", contacts.read_out, name="read_out"),
    path("contacts/<uuid:contact_id>/heard/", contacts.hear, name="hear"),
    path("contacts/points/<uuid:point_id>/mark/", contacts.mark, name="mark_point"),
    path("contacts/readouts/<uuid:readout_id>/note/", contacts.note, name="note_readout"),
]
