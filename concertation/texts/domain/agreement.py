"""Agreement by paragraph: a member agrees exactly the content that was on the screen, in all authentic languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import binds_member
from concertation.core import clock
from concertation.core.errors import InvalidInput, NotAllowed
from concertation.record.canonical import Json
from concertation.texts import paragraphs
from concertation.texts.blocks import Block
from concertation.texts.domain.ledger import follow_paragraphs
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.enums import Stance, State
from concertation.texts.errors import Frozen, HoldsBrackets, NoSuchParagraph, NothingToWithdraw, ParagraphChanged
from concertation.texts.events import Act
from concertation.texts.models import Agreement, Text
from concertation.texts.queries import members_who_decide
from concertation.texts.queries.hindering import bracket_holders
from concertation.texts.queries.ledger import Ledger, ParagraphNow, authentic_contents, last_authors, ledger_now, listed
from concertation.texts.rules import may_agree, may_agree_ad_referendum

ACT_OF = {
    Stance.AGREED: Act.PARAGRAPHS_AGREED,
    Stance.AD_REFERENDUM: Act.PARAGRAPHS_AGREED_AD_REFERENDUM,
    Stance.NOT_AGREED: Act.PARAGRAPH_NOT_AGREED,
}


@dataclass(frozen=True, slots=True)
class _Present:
    """A locked text as the ledger has it: `contents` by paragraph and language, `labels` by paragraph."""

    text: Text
    member: Member
    ledger: Ledger
    now: Mapping[str, list[ParagraphNow]]
    contents: Mapping[str, Mapping[str, Block]]

    def label(self, paragraph: str) -> str:
        """Return what the paragraph is called in the first language that has it."""
        return next((one.label for versions in self.now.values() for one in versions if one.id == paragraph), "–")


@transaction.atomic
def agree_paragraphs(*, by: Delegate, text_id: UUID, seen: Mapping[str, str], ad_referendum: bool = False) -> int:
    """Agree one or several paragraphs for the member of `by`, all or none, and return how many were not agreed before.

    `seen` is the hash of what was on the screen, by paragraph. Outright only by who binds a full member that the text
    is for; ad referendum by who speaks for it, and never in the place of what already stands.
    Raises NoSuchText, NotAllowed, Frozen, InvalidInput (nothing chosen), NoSuchParagraph, ParagraphChanged,
    HoldsBrackets.
    """
    present = _present(by, text_id, outright=not ad_referendum)
    if not seen:
        raise InvalidInput
    held = bracket_holders(present.text)
    for paragraph, sha256 in seen.items():
        _check_seen(present, paragraph, sha256)
        if present.member.pk in held.get(paragraph, {}):
            raise HoldsBrackets(present.label(paragraph))
    stance = Stance.AD_REFERENDUM if ad_referendum else Stance.AGREED
    standing = _standing(present, seen)
    wanted = [one for one in seen if standing.get(one) not in {stance, Stance.AGREED}]
    if wanted:
        _say(by, present, stance, wanted)
    return len(wanted)


@transaction.atomic
def withdraw_agreement(*, by: Delegate, text_id: UUID, paragraph: str) -> None:
    """Say that the member of `by` does not agree a paragraph that it had agreed, whatever its words are now.

    Who binds the member withdraws any agreement, who speaks for it one ad referendum.
    Raises NoSuchText, NotAllowed, Frozen, NoSuchParagraph, NothingToWithdraw.
    """
    present = _present(by, text_id, outright=False)
    if paragraph not in present.contents:
        raise NoSuchParagraph
    last = _last(present, [paragraph]).get(paragraph)
    if last is None or last.stance == Stance.NOT_AGREED:
        raise NothingToWithdraw
    if last.stance == Stance.AGREED and not binds_member(by):
        raise NotAllowed
    _say(by, present, Stance.NOT_AGREED, [paragraph])


def _present(by: Delegate, text_id: UUID, *, outright: bool) -> _Present:
    """Lock the text and read it; raises NoSuchText, NotAllowed, Frozen."""
    text = locked_text(by, text_id)
    member = by.member
    if member is None or not members_who_decide(text).contains(member):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    if not (may_agree(by, text) if outright else may_agree_ad_referendum(by, text)):
        raise NotAllowed
    follow_paragraphs(text_id=text_id)
    ledger = ledger_now(text)
    now = listed(text, ledger)
    return _Present(text, member, ledger, now, authentic_contents(text, now))


def _check_seen(present: _Present, paragraph: str, sha256: str) -> None:
    """Raise NoSuchParagraph or ParagraphChanged unless the paragraph is what was seen."""
    content = present.contents.get(paragraph)
    if content is None:
        raise NoSuchParagraph
    if paragraphs.digest(content) != sha256:
        raise ParagraphChanged(present.label(paragraph), last_authors(present.now, paragraph))


def _last(present: _Present, wanted: list[str]) -> dict[str, Agreement]:
    """Return the last word of the member on each of the paragraphs `wanted`."""
    said = Agreement.objects.filter(text=present.text, member=present.member, paragraph__in=wanted)
    return {one.paragraph: one for one in said.order_by("pk")}


def _standing(present: _Present, seen: Mapping[str, str]) -> dict[str, str]:
    """Return the stance of the member on what was seen, by paragraph."""
    last = _last(present, list(seen))
    return {name: one.stance for name, one in last.items() if one.sha256 == seen[name]}


def _say(by: Delegate, present: _Present, stance: Stance, wanted: list[str]) -> None:
    """Add the rows of one act, and its entry."""
    hashes = {name: paragraphs.digest(present.contents[name]) for name in wanted}
    Agreement.objects.bulk_create(
        Agreement(
            text=present.text,
            paragraph=name,
            member=present.member,
            delegate=by,
            stance=stance,
            sha256=hashes[name],
            content=present.contents[name],
            sequence=present.ledger.sequence,
            at=clock.now(),
        )
        for name in wanted
    )
    facts: dict[str, Json] = {"paragraphs": ", ".join(map(present.label, wanted)), "hashes": dict(hashes)}
    note(by, ACT_OF[stance], present.text, facts)
