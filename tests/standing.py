"""A desk that stands for all tests of a module: made once, and each test gives back what it did to it.

Making one takes longer than most tests of it. The rows are rolled back after each test as ever, inside a
transaction around all of them; the objects in Python are lent as copies, for a test may change those too.
"""

import inspect
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a fixture of a module writes with this stays to its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def made(*fixtures: Any) -> dict[str, Any]:
    """What these fixtures give, each called with what the ones before it gave, by name."""
    found: dict[str, Any] = {"db": None}
    for fixture in fixtures:
        function = inspect.unwrap(fixture)
        wanted = [found[name] for name in inspect.signature(function).parameters]
        found[function.__name__] = function(*wanted)
    return found


def lent(name: str) -> Callable[..., Any]:
    """A fixture: a copy of that of `standing`, which a module makes in its own way."""

    @pytest.fixture(name=name)
    def lend(standing: dict[str, Any]) -> Any:
        return deepcopy(standing[name])

    return lend
