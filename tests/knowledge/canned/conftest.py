from collections.abc import Callable

import pytest

from knowledge.canned import keeping
from knowledge.canned.models import CannedResponse

LATE = {
    "en": {"body": "{customer.greeting}\n\nyour parcel{if order.number} {order.number}{end} is late."},
    "hu": {"body": "{customer.greeting}\n\nkésik a csomagja."},
}


@pytest.fixture
def late(ada, company) -> CannedResponse:
    """Everybody's."""
    return keeping.make("Late", actor=ada, shortcut="late", wordings=LATE)


@pytest.fixture
def made(ada, company) -> Callable[..., CannedResponse]:
    def make(title: str, body: str = "Hello there.", **given: object) -> CannedResponse:
        given.setdefault("wordings", {"en": {"body": body}})
        return keeping.make(title, actor=given.pop("actor", ada), **given)

    return make
