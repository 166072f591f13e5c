"""Addresses of the shell."""

from django.urls import path

from concertation.web.views import home

app_name = "web"
urlpatterns = [path("", home.home, name="home")]
