"""Which language versions of a paragraph are in step: derived from what each one was, and from what people confirmed.

The rule, with all its cases, is docs/decisions/0013-languages.md. No Django here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SOONEST_ANSWER = timedelta(seconds=15)  # nobody reads a change in one language and follows it in another sooner
ONE_EDIT = timedelta(minutes=10)  # who goes on writing within this time is still at the same edit


@dataclass(frozen=True, slots=True)
class Moment:
    """What one language version of a paragraph was from `at` on; `sha256` is empty once it is gone.

    `sequence` orders the moments; versions that changed in one go have the same. `key` names the row behind it.
    """

    language: str
    sequence: int
    at: datetime
    sha256: str
    authors: tuple[str, ...] = ()
    is_empty: bool = False
    key: int = 0


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person confirmed that `language` still says the same; `hashes` are the versions then, by language."""

    language: str
    at: datetime
    hashes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lag:
    """A version is out of step: `cause` is the last change that it did not follow, `before` what changed then."""

    language: str
    cause: Moment
    before: Moment | None


@dataclass(slots=True)
class _State:
    """Where the versions of one paragraph stand after some of their moments."""

    present: dict[str, Moment] = field(default_factory=dict)
    lags: dict[str, Lag] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)  # whose last change followed another version
    agreed: set[frozenset[tuple[str, str]]] = field(default_factory=set)  # contents that were all in step once

    def combination(self) -> frozenset[tuple[str, str]]:
        return frozenset((language, moment.sha256) for language, moment in self.present.items())


def lags_of(moments: Iterable[Moment], confirmations: Sequence[Confirmation]) -> dict[str, Lag]:
    """Return, by language, the versions of one paragraph that are out of step now; a missing one is not among them."""
    state = _State()
    waiting = sorted(confirmations, key=lambda one: one.at)
    for group in _groups(moments):
        while waiting and waiting[0].at < group[0].at:
            _confirm(state, waiting.pop(0))
        _change(state, group)
    for confirmation in waiting:
        _confirm(state, confirmation)
    return {language: lag for language, lag in state.lags.items() if not _is_confirmed(state, language, confirmations)}


def _groups(moments: Iterable[Moment]) -> list[list[Moment]]:
    """Return the moments in their order, those of one go together."""
    groups: dict[int, list[Moment]] = {}
    for moment in moments:
        groups.setdefault(moment.sequence, []).append(moment)
    return [groups[sequence] for sequence in sorted(groups)]


def _change(state: _State, group: Sequence[Moment]) -> None:
    """Take what happened in one go."""
    before = dict(state.present)
    for moment in group:
        if moment.sha256:
            state.present[moment.language] = moment
        else:
            _go(state, moment.language)
    changed = [moment for moment in group if moment.sha256]
    if len(changed) > 1 and len(changed[0].authors) > 1:
        _clash(state, changed, before)
    elif len(changed) > 1:
        _move(state, changed, before)
    elif changed:
        _change_one(state, changed[0], before)
    _settle(state)


def _go(state: _State, language: str) -> None:
    """A version is gone: nothing of it can be out of step."""
    state.present.pop(language, None)
    state.lags.pop(language, None)
    state.answered.discard(language)


def _change_one(state: _State, moment: Moment, before: Mapping[str, Moment]) -> None:
    """One version changed: it follows another, clashes with it, goes on following, or goes ahead."""
    language = moment.language
    lag = state.lags.get(language)
    if lag is not None and _is_at_once(lag.cause, moment):
        _clash(state, [lag.cause, moment], before)
    elif lag is not None or (before and language not in before):  # one that is new beside others follows them
        state.lags.pop(language, None)
        state.answered.add(language)
    elif not _goes_on(state, moment, before):
        _move(state, [moment], before)


def _is_at_once(cause: Moment, moment: Moment) -> bool:
    """Say whether a change came so soon after another, by somebody else, that it cannot have followed it."""
    return moment.authors != cause.authors and moment.at - cause.at < SOONEST_ANSWER


def _goes_on(state: _State, moment: Moment, before: Mapping[str, Moment]) -> bool:
    """Say whether a change is the rest of an edit that followed another version."""
    last = before.get(moment.language)
    return (
        last is not None
        and moment.language in state.answered
        and last.authors == moment.authors
        and moment.at - last.at <= ONE_EDIT
        and all(other.sequence <= last.sequence for other in before.values())
    )


def _move(state: _State, ahead: Sequence[Moment], before: Mapping[str, Moment]) -> None:
    """The versions `ahead` go ahead together: all others are out of step with them."""
    leaders = {moment.language for moment in ahead}
    for language in leaders:
        state.lags.pop(language, None)
    state.answered -= leaders
    for language in state.present.keys() - leaders:
        _fall_back(state, language, ahead[-1], before)


def _clash(state: _State, changed: Sequence[Moment], before: Mapping[str, Moment]) -> None:
    """Several versions changed at once: each is out of step with what it did not follow."""
    for language in state.present:
        cause = next((moment for moment in reversed(changed) if moment.language != language), None)
        if cause is not None:
            _fall_back(state, language, cause, before)
    state.answered -= {moment.language for moment in changed}


def _fall_back(state: _State, language: str, cause: Moment, before: Mapping[str, Moment]) -> None:
    """A version is out of step with `cause`; what stood there before the first change that it missed is kept."""
    lag = state.lags.get(language)
    is_same = lag is not None and lag.cause.language == cause.language
    state.lags[language] = Lag(language, cause, lag.before if lag and is_same else before.get(cause.language))


def _settle(state: _State) -> None:
    """Put out of step what is empty beside words, and bring in step what returned to contents that were in step."""
    if len(state.present) < 2:
        state.lags.clear()
    written = [moment for moment in state.present.values() if not moment.is_empty]
    for language, moment in state.present.items():
        if written and moment.is_empty and language not in state.lags:
            state.lags[language] = Lag(language, max(written, key=lambda one: one.sequence), None)
    if not state.lags:
        state.agreed.add(state.combination())
    elif state.combination() in state.agreed:
        state.lags.clear()


def _confirm(state: _State, confirmation: Confirmation) -> None:
    """Take a confirmation of what stands there: the version says what those in step say; if none is, all do."""
    if confirmation.hashes != {language: moment.sha256 for language, moment in state.present.items()}:
        return
    if set(state.lags) == set(state.present):
        state.lags.clear()
    state.lags.pop(confirmation.language, None)
    state.answered.discard(confirmation.language)
    _settle(state)


def _is_confirmed(state: _State, language: str, confirmations: Sequence[Confirmation]) -> bool:
    """Say whether a person confirmed a version for exactly what all the versions are now."""
    now = {one: moment.sha256 for one, moment in state.present.items()}
    return any(one.language == language and one.hashes == now for one in confirmations)
