"""How much of the old mail is taken at a time."""

import pytest

from channels_app.adapters.email.backlog import FIRST_SLICE, SLICE, Backlog
from channels_app.adapters.email.mailbox import Listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(mailbox):
    backlog = Backlog(mailbox)
    backlog.put("INBOX", "INBOX:1:", [Listed(uid, None, 1) for uid in range(5000, 0, -1)])
    return backlog


def take(backlog, *, seconds):
    _folder, prefix, mails = backlog.next()
    backlog.done(prefix, mails, seconds=seconds)
    return [one.uid for one in mails]


def test_the_oldest_come_first_and_none_twice(waiting):
    assert take(waiting, seconds=1.0) + take(waiting, seconds=1.0) == list(range(1, 2 * FIRST_SLICE + 1))


def test_a_quick_server_gives_more_at_a_time_up_to_a_limit(waiting):
    sizes = [len(take(waiting, seconds=0.01)) for _slice in range(6)]
    assert sizes[:3] == [FIRST_SLICE, 2 * FIRST_SLICE, 4 * FIRST_SLICE]
    assert sizes[-1] == SLICE


def test_a_slow_one_gives_a_second_s_worth_and_never_nothing(waiting):
    assert len(take(waiting, seconds=4.0)) == FIRST_SLICE
    assert len(take(waiting, seconds=1.0)) == FIRST_SLICE // 4
    take(waiting, seconds=600.0)
    assert len(take(waiting, seconds=1.0)) == 1


def test_what_the_admin_sees(waiting, mailbox):
    take(waiting, seconds=1.0)
    mailbox.refresh_from_db()
    assert (mailbox.backlog_total, mailbox.backlog_done) == (5000, FIRST_SLICE)
