"""What the words in a file can mean here: capabilities, members, conditions and choices by code or name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import override

from concertation.coalition.countries import country_name
from concertation.coalition.enums import Status
from concertation.coalition.models import Member
from concertation.commitments.enums import Approval, Line, Phase, Priority
from concertation.commitments.imports.reading import folded
from concertation.commitments.models import Capability
from concertation.core import clock
from concertation.situation.models import Condition

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """Codes by folded words; `capabilities` also by their code, to ask how each is counted."""

    capabilities: Mapping[str, Capability]
    capability_words: Words
    member_words: Words
    condition_words: Mapping[str, UUID]
    lines: Words
    phases: Words
    approvals: Words
    priorities: Words
    today: date


def known_now() -> Known:
    """Return what words mean now, in five queries or fewer."""
    capabilities = {row.pk: row for row in Capability.objects.current()}
    conditions = Condition.objects.filter(retired_at=None).prefetch_related("wordings")
    return Known(
        capabilities=capabilities,
        capability_words=_first((word, row.pk) for row in capabilities.values() for word in _named(row.pk, row.names)),
        member_words=_first((word, row.pk) for row in _members() for word in _called(row)),
        condition_words={
            folded(word): row.pk for row in conditions for word in (str(row.pk), *row.wording.names.values())
        },
        lines=_choices(Line),
        phases=_choices(Phase),
        approvals=_choices(Approval),
        priorities=_choices(Priority) | {folded(one.name): str(one.value) for one in Priority},
        today=clock.now().date(),
    )


def _members() -> Iterable[Member]:
    return Member.objects.filter(status__in=[Status.MEMBER, Status.PARTNER])


def _called(member: Member) -> list[str]:
    """Return what a member is called: its code, its own names, the country's in the languages of the pages."""
    names = [country_name(member.code, language) for language, _name in settings.LANGUAGES]
    return [member.code, *member.names.values(), *names]


def _named(code: str, names: Words) -> list[str]:
    return [code, *names.values()]


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return codes by folded words; of two things with one name the first."""
    found: dict[str, str] = {}
    for word, code in pairs:
        found.setdefault(folded(word), code)
    return found


def _choices(choices: type[models.Choices]) -> dict[str, str]:
    """Return the values of choices by value and by label in every language of the pages."""
    found = {folded(str(value)): str(value) for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.update({folded(str(label)): str(value) for value, label in choices.choices})
    return found
