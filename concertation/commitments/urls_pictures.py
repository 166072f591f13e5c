"""Addresses of the pictures of what is contributed."""

from django.urls import path

from concertation.commitments.views import pictures

urlpatterns = [
    path("timeline/", pictures.show_timeline, name="timeline"),
    path("delivered/", pictures.show_delivered, name="delivered"),
    path("burden/", pictures.show_burden, name="burden"),
]
