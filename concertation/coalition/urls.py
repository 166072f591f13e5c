"""Addresses of the coalition."""

from django.urls import URLPattern

app_name = "coalition"
urlpatterns: list[URLPattern] = []
