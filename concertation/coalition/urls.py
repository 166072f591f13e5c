"""Addresses of the coalition."""

from django.urls import path

from concertation.coalition import views

app_name = "coalition"
urlpatterns = [
    path("", views.show_coalition, name="show"),
    path("invite/state/", views.invite_member, {"kind": "state"}, name="invite_state"),
    path("invite/organisation/", views.invite_member, {"kind": "organisation"}, name="invite_organisation"),
    path("secretariat/appoint/", views.appoint_delegate, name="appoint_secretary"),
    path("delegates/<uuid:key>/invite/", views.invite_delegate, name="invite_delegate"),
    path("delegates/<uuid:key>/end/", views.end_capacity, name="end_capacity"),
    path("members/<str:code>/", views.show_member, name="member"),
    path("members/<str:code>/admit/", views.admit_member, name="admit_member"),
    path("members/<str:code>/leave/", views.let_member_leave, name="let_member_leave"),
    path("members/<str:code>/co-chair/", views.name_co_chair, name="name_co_chair"),
    path("members/<str:code>/co-chair/end/", views.end_co_chair, name="end_co_chair"),
    path("members/<str:code>/appoint/", views.appoint_delegate, name="appoint_delegate"),
]
