"""Addresses for signing in by a link, and for preferences."""

from django.urls import path

from concertation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("link/<str:token>/", views.show_link, name="link"),
    path("link/<str:token>/use/", views.use_link, name="use_link"),
    path("language/", views.set_language, name="set_language"),
]
