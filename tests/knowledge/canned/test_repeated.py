import uuid

import pytest
from django.utils import timezone

from knowledge.canned import access, repeated
from knowledge.canned.models import CannedResponse, RepeatedAnswer
from tickets import intake, replies

pytestmark = pytest.mark.django_db
ANSWER = (
    "Dear Carol, the showroom in Szentendre is open from Tuesday to Sunday between ten and six, and you can "
    "park in the yard behind the house. Order TP-{0} can be seen there, call +36 1 555 {0} before you come."
)


@pytest.fixture
def answered(written, alice, bob):
    """The same answer by these colleagues to four customers, with other words between."""

    def answer(*authors):
        for number in range(4):
            ticket = intake.receive(written(text=f"Question {number}")).ticket
            author = authors[number % len(authors)]
            text = ANSWER.format(1000 + number) + (" See you soon!" if number % 2 else "")
            replies.send(ticket, author=author, body=text, key=uuid.uuid4())
            other = f"{number} thing {number}: " + " ".join(
                f"word{chr(97 + number)}{chr(97 + i)}" for i in range(20)
            )
            replies.send(ticket, author=author, body=other, key=uuid.uuid4())

    return answer


def test_what_is_answered_again_and_again_is_offered(answered, alice, bob, sam, ada, mallory, orders):
    answered(alice, bob)
    assert repeated.look(timezone.now()) == 1
    (row,) = RepeatedAnswer.objects.all()
    assert (row.times, row.writers, row.team) == (4, 2, orders)
    assert "Carol" not in row.text and "TP-10" not in row.text and "555" not in row.text
    assert "showroom in Szentendre" in row.text
    assert access.repeated(sam) == access.repeated(ada) == [row]
    assert access.repeated(alice) == access.repeated(mallory) == []
    assert repeated.look(timezone.now()) == 0


def test_it_becomes_a_response_of_whom_it_came_from(answered, alice):
    answered(alice)
    repeated.look(timezone.now())
    (row,) = access.repeated(alice)
    made = repeated.take(row, title="Showroom", actor=alice)
    assert (made.owner, made.wordings.get().body) == (alice, row.text)
    assert access.repeated(alice) == []
    RepeatedAnswer.objects.all().delete()
    assert repeated.look(timezone.now()) == 0, "there is such a response already"
    assert CannedResponse.objects.count() == 1


def test_what_is_not_wanted_is_not_offered_again(answered, alice):
    answered(alice)
    repeated.look(timezone.now())
    repeated.leave(access.repeated(alice)[0])
    repeated.look(timezone.now())
    assert access.repeated(alice) == []
