"""Rules that people of a test set up; they are in force at once."""

from collections.abc import Callable
from typing import Any

import pytest

from helpdesk.accounts.models import User
from tickets.models import Rule
from tickets.rules import keeping

Ruled = Callable[..., Rule]


@pytest.fixture
def ruled(ada: User, company: Any) -> Ruled:
    """A rule that ada has set up and switched on: `ruled("Name", when, then, if_=…)`."""

    def make(name: str, when: Any, then: list[Any], *, if_: Any = None, on: bool = True, **more: Any) -> Rule:
        timed = isinstance(when, dict)
        given = {"name": name, **(when if timed else {"triggers": when}), **more}
        given["actions"] = [{"do": do, "value": value} for do, value in then]
        given["conditions"] = if_ or {}
        rule = keeping.make(given, actor=ada)
        return keeping.switch(rule, on=True, actor=ada) if on else rule

    return make


def row(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}
