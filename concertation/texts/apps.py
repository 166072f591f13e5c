"""Texts: drafting together, and agreement by every member."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Texts, their live history, adoption."""

    name = "concertation.texts"
