"""Texts: drafting together, and agreement by every member."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from concertation.core import waiting
from concertation.record.events import name_actions, name_fields, name_kinds, name_values
from concertation.texts.enums import Audience, Pen
from concertation.texts.events import FIELDS, SENTENCES


class TextsConfig(AppConfig):
    """Texts, their live history, adoption."""

    name = "concertation.texts"

    def ready(self) -> None:
        """Tell home what waits, and the record page what our acts mean."""
        from concertation.texts.waiting import awaiting_texts  # models exist from here on

        waiting.register(awaiting_texts)
        name_actions(SENTENCES)
        name_kinds({"text": _("text")})
        name_fields(FIELDS, kind="text")
        name_values({"audience": dict(Audience.choices).get, "pen": dict(Pen.choices).get})
