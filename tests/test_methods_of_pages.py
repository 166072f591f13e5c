"""Methods that an address is not for, walked by every kind of visitor; what refuses them asks no database."""

import pytest

from tests.access_scene import Scene
from tests.test_access import ROWS

pytestmark = pytest.mark.django_db


def test_methods_outside_the_table_do_nothing() -> None:
    scene = Scene()
    others = {(name, method) for name, _ in ROWS for method in ("GET", "POST")} - set(ROWS)
    answers = {status for row in others for status in scene.walk(*row)}
    assert answers <= {302, 403, 405}
