"""Carets: stamped by the server, and each Yjs client in the hands of the delegate who brought it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.texts.sync.awareness import GRACE, MAX_CLIENTS, OUTDATED_AFTER, Awareness
from concertation.texts.sync.protocol import Presence, decode_presences, encode_presences
from concertation.texts.sync.reader import Malformed
from concertation.texts.sync.tests.helpers import access

ADA, BORIS = access("ada"), access("boris")
CARET = '{"cursor":1}'


def stamped(name: str, cursor: int = 1) -> str:
    """Return the state of `CARET` as the others see it."""
    return f'{{"cursor":{cursor},"user":{{"delegate":"{name}","name":"{name.capitalize()}"}}}}'


def heard(*entries: Presence, who: str = "ada", through: object = "line 1") -> Awareness:
    """Return an awareness that heard `entries` from one connection."""
    awareness = Awareness()
    awareness.hear(entries, through, access(who), 0.0)
    return awareness


def test_user_is_stamped_whatever_the_client_says() -> None:
    awareness = heard(Presence(5, 1, '{"cursor":1,"user":{"delegate":"boris","name":"Boris"}}'))
    assert awareness.take_changed() == ([Presence(5, 1, stamped("ada"))], [])


def test_other_delegate_cannot_alter_or_remove_a_caret() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.take_changed()
    awareness.hear((Presence(5, 9, '{"cursor":2}'), Presence(5, 10, "null")), "line 2", BORIS, 0.0)
    assert awareness.take_changed() == ([], [])
    assert awareness.present(0.0) == [Presence(5, 1, stamped("ada"))]


def test_caret_of_somebody_who_left_cannot_be_taken_over_by_another() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.leave("line 1", 0.0)
    awareness.drop_away(GRACE)
    awareness.hear((Presence(5, 2, CARET),), "line 2", BORIS, 0.0)
    assert awareness.present(0.0) == []


def test_same_delegate_comes_back_through_a_new_connection() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.hear((Presence(5, 2, '{"cursor":2}'),), "line 2", ADA, 0.0)
    awareness.leave("line 1", 0.0)
    awareness.drop_away(GRACE)
    assert awareness.present(0.0) == [Presence(5, 2, stamped("ada", 2))]


def test_same_delegate_comes_back_with_the_same_clock_after_leaving() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.leave("line 1", 0.0)
    awareness.drop_away(GRACE)
    awareness.hear((Presence(5, 1, CARET),), "line 2", ADA, 0.0)
    assert awareness.present(0.0) == [Presence(5, 1, stamped("ada"))]


def test_client_that_comes_back_soon_with_the_same_clock_was_never_gone() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.take_changed()
    awareness.leave("line 1", 0.0)
    assert awareness.waits_for_somebody is True
    awareness.hear((Presence(5, 1, CARET),), "line 2", ADA, GRACE - 1)
    awareness.drop_away(GRACE)
    assert (awareness.has_changed, awareness.waits_for_somebody) == (False, False)
    assert awareness.present(GRACE) == [Presence(5, 1, stamped("ada"))]


def test_other_delegate_is_not_welcomed_in_the_place_of_one_who_is_away() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.leave("line 1", 0.0)
    awareness.hear((Presence(5, 1, CARET),), "line 2", BORIS, 1.0)
    awareness.drop_away(GRACE)
    assert awareness.present(GRACE) == []


def test_older_state_is_passed_over() -> None:
    awareness = heard(Presence(5, 4, CARET))
    awareness.take_changed()
    awareness.hear((Presence(5, 3, '{"cursor":9}'), Presence(5, 4, '{"cursor":9}')), "line 1", ADA, 0.0)
    assert awareness.has_changed is False


def test_leaving_removes_every_client_of_the_connection() -> None:
    awareness = heard(Presence(5, 1, CARET), Presence(6, 1, CARET))
    awareness.take_changed()
    awareness.leave("line 1", 0.0)
    awareness.drop_away(GRACE)
    here, elsewhere = awareness.take_changed()
    assert sorted(here, key=lambda entry: entry.client) == [Presence(5, 1, "null"), Presence(6, 1, "null")]
    assert elsewhere == []


@pytest.mark.parametrize("state", ["", "{", "[1]", "3", '"x"', "[" * 100_000, '{"x":NaN}', '{"x":1e999}'])
def test_state_that_is_no_object_is_malformed(state: str) -> None:
    with pytest.raises(Malformed):
        heard(Presence(5, 1, state))


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.floats() | st.text(), st.lists), max_size=5))
def test_any_state_can_be_sent_or_is_malformed(state: dict[str, object]) -> None:
    try:
        awareness = heard(Presence(5, 1, json.dumps(state)))
    except Malformed:
        return
    [sent] = decode_presences(encode_presences(awareness.present(0.0)))
    assert json.loads(sent.state) == {**state, "user": {"delegate": "ada", "name": "Ada"}}


def test_half_a_surrogate_pair_is_passed_on_as_it_is() -> None:
    [sent] = decode_presences(encode_presences(heard(Presence(5, 1, '{"x":"\\ud83d"}')).present(0.0)))
    assert json.loads(sent.state)["x"] == "\ud83d"


def test_too_many_clients_on_one_connection_are_malformed() -> None:
    with pytest.raises(Malformed):
        heard(*(Presence(number, 1, CARET) for number in range(MAX_CLIENTS + 1)))


def test_relayed_state_is_shown_and_belongs_to_its_delegate() -> None:
    awareness = Awareness()
    awareness.hear_relayed((Presence(5, 1, stamped("ada")),), 0.0)
    assert awareness.take_changed() == ([], [Presence(5, 1, stamped("ada"))])
    awareness.hear((Presence(5, 2, CARET),), "line 2", BORIS, 0.0)
    assert awareness.has_changed is False


def test_relayed_removal_does_not_remove_who_is_connected_here() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.hear_relayed((Presence(5, 3, "null"),), 0.0)
    assert awareness.present(0.0) == [Presence(5, 1, stamped("ada"))]


def test_relayed_state_that_is_not_renewed_fades() -> None:
    awareness = Awareness()
    awareness.hear_relayed((Presence(5, 1, stamped("ada")),), 0.0)
    assert len(awareness.present(OUTDATED_AFTER - 1)) == 1
    assert awareness.present(OUTDATED_AFTER) == []


def test_repeat_tells_who_is_connected_here() -> None:
    awareness = heard(Presence(5, 1, CARET))
    awareness.hear_relayed((Presence(6, 1, stamped("boris")),), 0.0)
    awareness.take_changed()
    awareness.repeat()
    assert awareness.take_changed() == ([Presence(5, 1, stamped("ada"))], [])


def test_names_keep_their_letters() -> None:
    awareness = Awareness()
    awareness.hear((Presence(5, 1, "{}"),), "line 1", access("zoé"), 0.0)
    assert json.loads(awareness.present(0.0)[0].state) == {"user": {"delegate": "zoé", "name": "Zoé"}}
