"""Which language versions of a paragraph are out of step: every case of docs/decisions/0013-languages.md."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.steps import Confirmation, Moment, lags_of

BEGIN = datetime(2026, 1, 6, 9, tzinfo=UTC)
ANNA, BORIS = ("anna",), ("boris",)


class Paragraph:
    """A paragraph whose versions change minute by minute."""

    def __init__(self, *languages: str) -> None:
        self.moments: list[Moment] = []
        self.confirmations: list[Confirmation] = []
        self.now = BEGIN
        self.sequence = 0
        self.change(words=dict.fromkeys(languages or ("en", "fr"), "first"))

    def change(
        self, *, by: tuple[str, ...] = ANNA, after: float = 60, words: Mapping[str, str] | None = None, **said: str
    ) -> None:
        """Let versions say other `words` in one go, `after` so many seconds; no words: an empty paragraph."""
        self.now += timedelta(seconds=after)
        self.sequence += 1
        for language, line in {**(words or {}), **said}.items():
            digest = "" if line == "gone" else f"{language}:{line}"
            self.moments.append(Moment(language, self.sequence, self.now, digest, by, is_empty=line == ""))

    def confirm(self, language: str) -> None:
        """Let a person confirm a version, a minute later."""
        self.now += timedelta(minutes=1)
        latest = {moment.language: moment.sha256 for moment in self.moments}
        hashes = {one: digest for one, digest in latest.items() if digest}
        self.confirmations.append(Confirmation(language, self.now, hashes))

    def out(self) -> dict[str, str]:
        """Return the versions out of step, each with the language that it has not followed."""
        return {language: lag.cause.language for language, lag in lags_of(self.moments, self.confirmations).items()}


def test_versions_that_began_together_are_in_step() -> None:
    assert Paragraph().out() == {}


def test_change_puts_the_counterparts_out_of_step() -> None:
    paragraph = Paragraph("en", "fr", "uk")
    paragraph.change(en="second")
    assert paragraph.out() == {"fr": "en", "uk": "en"}
    (lag,) = [lag for language, lag in lags_of(paragraph.moments, []).items() if language == "fr"]
    assert (lag.before and lag.before.sha256, lag.cause.sha256) == ("en:first", "en:second")


def test_several_changes_are_compared_with_what_stood_before_the_first() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.change(en="third", by=BORIS)
    lag = lags_of(paragraph.moments, [])["fr"]
    assert (lag.before and lag.before.sha256, lag.cause.sha256) == ("en:first", "en:third")


def test_edit_of_the_counterpart_follows_and_is_no_change_for_what_it_follows() -> None:
    paragraph = Paragraph("en", "fr", "uk")
    paragraph.change(en="second")
    paragraph.change(fr="deuxième", by=BORIS)
    assert paragraph.out() == {"uk": "en"}


def test_who_goes_on_following_changes_nothing_for_the_others() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.change(fr="deux", by=BORIS)
    paragraph.change(fr="deuxième", by=BORIS, after=500)
    assert paragraph.out() == {}


def test_later_edit_of_what_followed_goes_ahead() -> None:
    for later in ({"by": BORIS, "after": 601}, {"by": ("carla",), "after": 60}):
        paragraph = Paragraph()
        paragraph.change(en="second")
        paragraph.change(fr="deuxième", by=BORIS)
        paragraph.change(fr="troisième", **later)  # type: ignore[arg-type]
        assert paragraph.out() == {"en": "fr"}


def test_confirmation_brings_in_step_until_the_next_change() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.confirm("fr")
    assert paragraph.out() == {}
    paragraph.change(en="third")
    assert paragraph.out() == {"fr": "en"}


def test_confirmation_of_one_version_says_nothing_of_another() -> None:
    paragraph = Paragraph("en", "fr", "uk")
    paragraph.change(en="second")
    paragraph.confirm("fr")
    assert paragraph.out() == {"uk": "en"}


def test_change_of_what_was_confirmed_goes_ahead() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.confirm("fr")
    paragraph.change(fr="deuxième", by=BORIS)
    assert paragraph.out() == {"en": "fr"}


def test_changes_at_once_put_both_out_of_step_until_one_is_confirmed() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.change(fr="deuxième", by=BORIS, after=14)
    assert paragraph.out() == {"en": "fr", "fr": "en"}
    paragraph.confirm("en")
    assert paragraph.out() == {}


def test_changes_of_different_people_in_one_flush_put_both_out_of_step() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second", fr="deuxième", by=ANNA + BORIS)
    assert paragraph.out() == {"en": "fr", "fr": "en"}


def test_same_person_knows_what_both_versions_say() -> None:
    paragraph = Paragraph("en", "fr", "uk")
    paragraph.change(en="second", fr="deuxième")
    assert paragraph.out() == {"uk": "fr"}
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.change(fr="deuxième", after=2)
    assert paragraph.out() == {}


def test_undo_back_to_what_was_in_step_or_confirmed_is_in_step() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.change(en="first")
    assert paragraph.out() == {}
    paragraph.change(en="second")
    paragraph.confirm("fr")
    paragraph.change(en="third")
    paragraph.change(en="second")
    assert paragraph.out() == {}


def test_punctuation_is_a_change_like_any_other() -> None:
    paragraph = Paragraph()
    paragraph.change(en="first,")
    assert paragraph.out() == {"fr": "en"}


def test_paragraph_new_in_one_language_is_out_of_step_with_nothing() -> None:
    paragraph = Paragraph("en")
    paragraph.change(en="second")
    assert paragraph.out() == {}


def test_added_counterpart_is_out_of_step_until_it_has_words() -> None:
    paragraph = Paragraph("en")
    paragraph.change(fr="", by=BORIS)
    assert paragraph.out() == {"fr": "en"}
    paragraph.change(fr="premier", by=BORIS)
    assert paragraph.out() == {}


def test_emptied_counterpart_is_out_of_step_even_when_confirmed_for_other_words() -> None:
    paragraph = Paragraph()
    paragraph.change(fr="", by=BORIS)
    assert paragraph.out() == {"en": "fr", "fr": "en"}


def test_deleted_counterpart_leaves_nothing_out_of_step_between_the_others() -> None:
    paragraph = Paragraph("en", "fr", "uk")
    paragraph.change(en="second")
    paragraph.change(en="gone")
    assert paragraph.out() == {"fr": "en", "uk": "en"}
    paragraph.change(fr="gone")
    assert paragraph.out() == {}


def test_confirmation_of_other_contents_counts_for_nothing() -> None:
    paragraph = Paragraph()
    paragraph.change(en="second")
    paragraph.confirmations.append(Confirmation("fr", paragraph.now, {"en": "en:other", "fr": "fr:first"}))
    assert paragraph.out() == {"fr": "en"}


CHANGES = st.tuples(
    st.sampled_from(["en", "fr", "uk"]),
    st.sampled_from(["one", "two", "three", "", "gone"]),
    st.sampled_from([ANNA, BORIS]),
    st.sampled_from([1, 60, 3600]),
)


@given(st.lists(CHANGES, max_size=12))
def test_whatever_happened_confirming_every_written_version_brings_all_in_step(
    changes: list[tuple[str, str, tuple[str, ...], int]],
) -> None:
    paragraph = Paragraph("en", "fr", "uk")
    for language, words, by, after in changes:
        paragraph.change(by=by, after=after, words={language: words})
    latest = {moment.language: moment for moment in paragraph.moments}
    present = {language for language, moment in latest.items() if moment.sha256}
    before = paragraph.out()
    assert before.keys() <= present
    assert all(language != cause for language, cause in before.items())
    for language in sorted(present):
        paragraph.confirm(language)
    assert paragraph.out() == {}


@given(st.lists(CHANGES.filter(lambda change: change[1] != ""), max_size=8), st.sampled_from(["en", "fr", "uk"]))
def test_fresh_words_later_put_every_other_version_out_of_step(
    changes: list[tuple[str, str, tuple[str, ...], int]], language: str
) -> None:
    paragraph = Paragraph("en", "fr", "uk")
    for other, words, by, after in changes:
        paragraph.change(by=by, after=after, words={other: words})
    latest = {moment.language: moment for moment in paragraph.moments}
    present = {one for one, moment in latest.items() if moment.sha256} | {language}
    for one in sorted(present):
        paragraph.confirm(one)
    paragraph.change(after=3600, words={language: "fresh"})
    if latest[language].sha256:
        assert paragraph.out().keys() == present - {language}
    else:
        assert paragraph.out().keys() <= present - {language}
