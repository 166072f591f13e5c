"""Addresses of the shell."""

from django.urls import path

from concertation.web.views import appearance, home

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("waiting/", home.waiting, name="waiting"),
    path("beside/", home.beside, name="beside"),
    path("committed/", home.committed, name="committed"),
    path("appearance/", appearance.choose_theme, name="choose_theme"),
]
