"""Addresses of many objects."""

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from concertation.core.addresses import addresses_of


def test_address_is_that_of_the_routes() -> None:
    key = uuid4()
    assert addresses_of("commitments:requirement")(key) == reverse("commitments:requirement", args=[key])


def test_address_without_a_key_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        addresses_of("commitments:coverage")
