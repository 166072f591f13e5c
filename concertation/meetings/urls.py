"""Addresses of meetings."""

from django.urls import path

from concertation.meetings.views import agenda, meetings, planning, positions, room, steps

app_name = "meetings"
urlpatterns = [
    path("", meetings.show_meetings, name="list"),
    path("schedule/", planning.schedule, name="schedule"),
    path("steps/<uuid:step_id>/table/", steps.table, name="table_step"),
    path("<uuid:meeting_id>/", meetings.show_meeting, name="detail"),
    path("<uuid:meeting_id>/calendar.ics", meetings.download_calendar, name="calendar"),
    path("<uuid:meeting_id>/answer/", meetings.answer, name="answer"),
    path("<uuid:meeting_id>/conclusions/", meetings.show_conclusions, name="conclusions"),
    path("<uuid:meeting_id>/edit/", planning.edit, name="edit"),
    path("<uuid:meeting_id>/cancel/", planning.cancel, name="cancel"),
    path("<uuid:meeting_id>/texts/attach/", planning.attach, name="attach_text"),
    path("<uuid:meeting_id>/texts/detach/", planning.detach, name="detach_text"),
    path("<uuid:meeting_id>/agenda/", agenda.edit_agenda, name="agenda"),
    path("<uuid:meeting_id>/agenda/add/", agenda.add, name="add_item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/change/", agenda.change, name="change_item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/move/", agenda.move, name="move_item"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/remove/", agenda.remove, name="remove_item"),
    path("<uuid:meeting_id>/room/", room.show_room, name="room"),
    path("<uuid:meeting_id>/room/stage/", room.show_stage, name="stage"),
    path("<uuid:meeting_id>/room/text/<uuid:text_id>/", room.show_text, name="text"),
    path("<uuid:meeting_id>/room/beat/", room.beat, name="beat"),
    path("<uuid:meeting_id>/room/leave/", room.leave, name="leave"),
    path("<uuid:meeting_id>/room/open/", room.open_session, name="open"),
    path("<uuid:meeting_id>/room/close/", room.close_session, name="close"),
    path("<uuid:meeting_id>/room/decide/", room.decide, name="decide"),
    path("<uuid:meeting_id>/room/items/<uuid:item_id>/start/", room.start, name="start_item"),
    path("<uuid:meeting_id>/room/items/<uuid:item_id>/end/", room.end, name="end_item"),
    path("<uuid:meeting_id>/room/floor/ask/", room.ask, name="ask_floor"),
    path("<uuid:meeting_id>/room/floor/<uuid:request_id>/withdraw/", room.withdraw, name="withdraw_floor"),
    path("<uuid:meeting_id>/room/floor/<uuid:request_id>/move/", room.move, name="move_floor"),
    path("<uuid:meeting_id>/room/floor/<uuid:request_id>/give/", room.give, name="give_floor"),
    path("<uuid:meeting_id>/room/floor/<uuid:request_id>/end/", room.end_speech, name="end_floor"),
    path("<uuid:meeting_id>/positions/", positions.show_positions, name="positions"),
    path("<uuid:meeting_id>/positions/ask/", positions.ask, name="ask_positions"),
    path("<uuid:meeting_id>/positions/draft/", positions.draft, name="draft_positions"),
    path("<uuid:meeting_id>/positions/<uuid:asked_id>/answer/", positions.answer, name="answer_position"),
    path("<uuid:meeting_id>/positions/<uuid:asked_id>/withdraw/", positions.withdraw, name="withdraw_question"),
    path("<uuid:meeting_id>/positions/<uuid:asked_id>/agenda/", positions.put_on_agenda, name="put_on_agenda"),
]
