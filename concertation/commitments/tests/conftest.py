"""Who plans, and who is planned for."""

import pytest

from concertation.coalition.models import Delegate
from tests.helpers.people import make_coalition, make_delegate, make_secretary


@pytest.fixture
def clerk() -> Delegate:
    """The secretariat of a coalition of five."""
    make_coalition()
    return make_secretary()


@pytest.fixture
def germany(clerk: Delegate) -> Delegate:
    """The head of the German delegation."""
    return make_delegate("DE")
