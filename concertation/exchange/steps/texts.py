"""Texts, known by their key; the file gives the opening draft, afterwards the words belong to the editor."""

from django.utils.translation import gettext as _

from concertation.exchange import markup
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.domain.keys import remember_key
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import TextPart
from concertation.exchange.steps.meetings import as_id, meeting_of, same_words
from concertation.meetings.domain.texts import attach_text, detach_text
from concertation.meetings.models import Meeting
from concertation.record.events import Actor
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.domain.texts import create_text, update_text_settings
from concertation.texts.models import Text
from concertation.texts.queries import stored_updates

SYSTEM = Actor.system()


def load_texts(file: CoalitionFile, report: Report) -> None:
    """Open the texts that are not there with their draft; change title, audience and meeting of the others."""
    known, meetings = subjects_of(Kind.TEXT), subjects_of(Kind.MEETING)
    for index, part in enumerate(file.texts):
        with file.at("texts", index):
            meeting = meeting_of(part.meeting, meetings) if part.meeting else None
            identifier = known.get(part.key) or as_id(part.key)
            text = Text.objects.filter(pk=identifier).first() if identifier else None
            if text is None:
                _open(part, meeting)
                report.added[Subject.TEXT] += 1
                continue
            report.changed[Subject.TEXT] += _describe(text, part) | _attach(text, meeting)
            if current_bodies(text) != {version.language: _tidy(version.body) for version in part.versions}:
                sentence = _("The words of “%(key)s” are not those of the file; only the editor changes them.")
                report.left.append(sentence % {"key": part.key})


def current_bodies(text: Text) -> dict[str, str]:
    """Return each version of `text` as a file would hold it; a version that holds anything strange is left out."""
    document = document_of(stored_updates(text.pk))
    bodies = {}
    for language in text.versions.values_list("language", flat=True):
        try:
            bodies[language] = markup.body_of(read_version(document, language))
        except UnknownContent:
            continue
    return bodies


def _tidy(body: str) -> str:
    """Return a draft of the file in the form in which an export would write it."""
    return markup.body_of(markup.blocks_of(body))


def _open(part: TextPart, meeting: Meeting | None) -> None:
    """Open a text with its draft, and give it to its meeting."""
    text = create_text(
        by=None,
        titles=part.titles,
        languages=[version.language for version in part.versions],
        authentic=[version.language for version in part.versions if version.authentic],
        audience=part.audience,
        members=part.members,
        draft={version.language: markup.blocks_of(version.body) for version in part.versions},
    )
    remember_key(kind=Kind.TEXT, key=part.key, subject=text.pk)
    if meeting:
        attach_text(by=SYSTEM, meeting=meeting, text=text)


def _describe(text: Text, part: TextPart) -> bool:
    """Change titles, languages and audience when the file says otherwise, and say whether it did."""
    versions = [(version.language, version.authentic) for version in part.versions]
    is_same = (
        same_words(text.titles, part.titles)
        and list(text.versions.values_list("language", "is_authentic")) == versions
        and text.audience == part.audience
        and set(text.members.values_list("pk", flat=True)) == set(part.members)
    )
    if not is_same:
        update_text_settings(
            by=None,
            text_id=text.pk,
            titles=part.titles,
            languages=[language for language, _authentic in versions],
            authentic=[language for language, is_authentic in versions if is_authentic],
            audience=part.audience,
            members=part.members,
        )
    return not is_same


def _attach(text: Text, meeting: Meeting | None) -> bool:
    """Give the text to the meeting of the file, and say whether it was elsewhere."""
    link = getattr(text, "meeting_link", None)
    if (link.meeting if link else None) == meeting:
        return False
    if link:
        detach_text(by=SYSTEM, meeting=link.meeting, text=text)
    if meeting:
        attach_text(by=SYSTEM, meeting=meeting, text=text)
    return True
