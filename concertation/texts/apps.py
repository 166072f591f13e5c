"""Texts: drafting together, and agreement by every member."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from concertation.coalition import membership
from concertation.core import rounds, waiting
from concertation.core.languages import language_name
from concertation.record.events import name_actions, name_fields, name_kinds, name_values
from concertation.texts.enums import Audience, Ending, Pen, RemarkKind
from concertation.texts.events import FIELDS, SENTENCES, moment_in_words


class TextsConfig(AppConfig):
    """Texts, their live history, adoption."""

    name = "concertation.texts"

    def ready(self) -> None:
        """Tell home what waits, the clock loop what to do, and the record page what our acts mean."""
        from concertation.texts.domain import notices, settling  # models exist from here on
        from concertation.texts.waiting import awaiting_texts, reopened_paragraphs

        waiting.register(awaiting_texts)
        waiting.register(reopened_paragraphs)
        membership.register(before=settling.settle_due_silences, after=settling.end_deserted_silences)
        rounds.register("texts.settle", settling.settle_due_silences, every=5)
        rounds.register("texts.remind", notices.make_reminders, every=30)
        rounds.register("texts.mail", notices.send_due_notices, every=10)
        name_actions(SENTENCES)
        name_kinds({"text": _("text")})
        name_fields(FIELDS, kind="text")
        name_values(
            {
                "audience": dict(Audience.choices).get,
                "authentic": language_name,
                "deadline": moment_in_words,
                "ending": dict(Ending.choices).get,
                "former": moment_in_words,
                "kind": dict(RemarkKind.choices).get,
                "pen": dict(Pen.choices).get,
            }
        )
