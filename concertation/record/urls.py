"""Addresses of the record."""

from django.urls import path

from concertation.record import views

app_name = "record"
urlpatterns = [
    path("", views.show_record, name="show"),
    path("<int:sequence>/", views.show_entry, name="entry"),
    path("checkpoint/", views.download_checkpoint, name="checkpoint"),
    path("export/", views.download_export, name="export"),
]
