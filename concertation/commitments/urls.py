"""Addresses of what is required, contributed and planned."""

from django.urls import include, path

app_name = "commitments"
urlpatterns = [
    path("plan/", include("concertation.commitments.urls_plan")),
]
