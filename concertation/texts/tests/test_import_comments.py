"""What becomes of the comments of a file: where each stands, what it says, and what is not taken along."""

from dataclasses import replace

import pytest

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts.domain.remarks import Place, make_comments
from concertation.texts.errors import BadRemark, ParagraphGone
from concertation.texts.imports.comments import ImportedComment, comments_of, shortened, uncommented
from concertation.texts.imports.result import Imported
from concertation.texts.reading import Author, RemarkSpan, SheetParagraph
from concertation.texts.tests.factories import FIRST, make_text, paragraph
from concertation.texts.tests.sheets import AT
from tests.helpers.people import make_coalition, make_delegate
from tests.helpers.writes import assert_refused, assert_write

SAM, HELENE = Author("Sam", ""), Author("Hélène Durand", "FR")


def remark(body: str, start: int | None = None, end: int | None = None, *, author: Author = SAM) -> RemarkSpan:
    return RemarkSpan("1", False, start, end, author, AT, body)


def stands(words: str, *remarks: RemarkSpan, identity: str = FIRST) -> SheetParagraph:
    return SheetParagraph(identity, None, paragraph(words, identity), remarks=remarks)


def proposed(words: str, *remarks: RemarkSpan) -> SheetParagraph:
    return replace(stands(words, *remarks, identity=""), inserted_by=SAM)


def test_a_comment_stands_on_its_words_or_on_the_whole_paragraph() -> None:
    on_words, on_space, beyond, on_all = remark("a", 3, 6), remark("b", 2, 3), remark("c", 3, 99), remark("d")
    whole = ("", FIRST, 0, 0)
    found = [
        (one.words, one.paragraph, one.start, one.end)
        for one in comments_of([stands("We met.", on_words, on_space, beyond, on_all)])
    ]
    assert found == [("met", FIRST, 3, 6), whole, whole, whole]


def test_a_comment_on_a_proposed_paragraph_is_on_the_one_before_it_that_stands() -> None:
    draft = [
        proposed("New.", remark("a", 0, 3)),
        stands("One.", identity="one0000001"),
        stands("Two.", identity="two0000001"),
        proposed("New too.", remark("b", 0, 3)),
    ]
    assert [(one.paragraph, one.words) for one in comments_of(draft)] == [("one0000001", ""), ("two0000001", "")]
    assert comments_of([proposed("New.", remark("a"))]) == []


@pytest.mark.parametrize(
    ("author", "body", "kept"),
    [
        (SAM, "Why?", "Sam: Why?"),
        (HELENE, "Why?", "Hélène Durand (FR): Why?"),
        (SAM, "Comment, Sam: Why?", "Comment, Sam: Why?"),
        (SAM, "x" * 5000, f"Sam: {'x' * 3994}…"),
    ],
)
def test_a_comment_says_who_wrote_it(author: Author, body: str, kept: str) -> None:
    assert comments_of([stands("We met.", remark(body, author=author))]) == [ImportedComment(FIRST, 0, 0, "", kept)]


def test_what_is_cut_or_not_taken_along_is_counted() -> None:
    taken = Imported("", [stands("We met.", remark(" "), remark("x" * 4000), remark("Why?"))], {})
    assert (uncommented(taken), shortened(taken)) == (1, 1)
    lost = Imported("", [proposed("New.", remark("Why?"))], {})
    assert (uncommented(lost), shortened(lost)) == (1, 0)


@pytest.fixture
def german(db: None) -> Delegate:
    """The German head."""
    make_coalition()
    return make_delegate("DE")


def test_many_comments_are_made_in_their_order_with_one_entry(german: Delegate) -> None:
    text = make_text()
    comments = [(Place("en", FIRST, 3, 6, "met"), "One."), (Place("en", FIRST, 3, 6, "sat"), "Two.")]
    with assert_write("text.comments_imported", f"text:{text.pk}", "texts"):
        make_comments(by=german, text_id=text.pk, comments=comments)
    rows = text.remarks.values_list("body", "words", "is_whole", "member")
    assert list(rows) == [("One.", "met", False, "DE"), ("Two.", "We met.", True, "DE")]


def test_many_comments_are_made_all_or_none(german: Delegate) -> None:
    text, good = make_text(), (Place("en", FIRST), "One.")

    def make(*comments: tuple[Place, str], by: Delegate = german) -> None:
        make_comments(by=by, text_id=text.pk, comments=comments)

    assert_refused(BadRemark, lambda: make(good, (Place("de", FIRST), "Two.")))
    assert_refused(BadRemark, lambda: make(good, (Place("en", FIRST), " ")))
    assert_refused(ParagraphGone, lambda: make(good, (Place("en", "nowhere000"), "Two.")))
    assert_refused(NotAllowed, lambda: make(good, by=make_delegate("FR", Capacity.OBSERVER)))
    assert not text.remarks.exists()
