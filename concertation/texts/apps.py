"""Texts: drafting together, and agreement by every member."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from concertation.core import waiting
from concertation.record.events import name_actions, name_kinds
from concertation.texts.events import SENTENCES


class TextsConfig(AppConfig):
    """Texts, their live history, adoption."""

    name = "concertation.texts"

    def ready(self) -> None:
        """Tell home what waits, and the record page what our acts mean."""
        from concertation.texts.waiting import awaiting_texts  # models exist from here on

        waiting.register(awaiting_texts)
        name_actions(SENTENCES)
        name_kinds({"text": _("text")})
