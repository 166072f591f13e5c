"""Web: the shell around every page."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base template, home, public pages, the live socket."""

    name = "concertation.web"
