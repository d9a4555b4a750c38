"""Lines of the bell on devices, through a push service of the tests: sealed, once, only what is theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app import courier
from helpdesk.accounts.models import Company
from tests.tickets.telling.push.browser import Browser
from tests.webserver import reply, serving
from tickets import assignment, notifications
from tickets.models import Delivery, Device, Lane, Notification
from tickets.telling import ways
from tickets.telling.push import devices, sending

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


class Service:
    """A push service that writes down what it takes, and says what it is told to say."""

    def __init__(self, server) -> None:
        self.server, self.answers = server, []

    @property
    def taken(self) -> list[tuple[dict[str, str], bytes]]:
        found = []
        for asked in self.server.asked:
            head, _blank, body = asked.partition(b"\r\n\r\n")
            lines = [line.partition(": ") for line in head.decode().split("\r\n")[1:]]
            found.append(({name.lower(): value for name, _colon, value in lines}, body))
        return found


@pytest.fixture
def service(settings):
    settings.PUSH_HOSTS = ["127.0.0.1"]

    def answer(connection, _request):
        connection.sendall(found.answers.pop(0) if found.answers else reply(b"", status="201 Created"))

    with serving(answer) as server:
        found = Service(server)
        yield found


@pytest.fixture
def browser(service, alice, client) -> Browser:
    """Alice's browser, in which she is signed in and on whose list it is."""
    client.force_login(alice)
    found = Browser(endpoint=service.server.url("/send/1"))
    devices.keep(alice, **found.said, session=client.session.session_key, name="Firefox")
    return found


def deliver() -> None:
    """All that waits, as if it were due."""
    Delivery.objects.filter(state="pending").update(due_at=timezone.now() - timedelta(seconds=1))
    Lane.objects.update(rests_until=None)
    courier.drain()


def told(service, browser) -> list[str]:
    return [browser.told(body)["title"] for _headers, body in service.taken]


def test_a_line_comes_to_the_device_sealed_and_leaves_no_row(service, browser, alice, ticket, bob):
    notifications.notify([alice], Kind.ASSIGNED, ticket=ticket, by=bob)
    deliver()
    ((headers, body),) = service.taken
    assert browser.told(body) | {"at": 0} == {
        "title": f"Bob Marchetti gave you #{ticket.number}",
        "body": "",
        "url": f"/tickets/{ticket.number}/",
        "tag": f"ticket-{ticket.pk}",
        "at": 0,
    }
    assert headers["authorization"].startswith("vapid t=") and headers["content-encoding"] == "aes128gcm"
    assert (headers["ttl"], headers["urgency"]) == ("14400", "normal")
    assert headers["topic"] == f"ticket-{ticket.pk}" and len(headers["topic"]) <= 32
    assert not Delivery.objects.filter(kind="push").exists() and Device.objects.get().told_at
    assert b"parcel" not in body and "parcel" not in browser.reads(body).decode()


def test_the_subject_is_shown_to_who_wants_it(service, browser, alice, ticket):
    ways.choose(alice, {}, shows_subject=True)
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    deliver()
    headers, body = service.taken[0]
    assert browser.told(body)["body"] == "Where is my parcel?" and headers["urgency"] == "high"


def test_what_was_read_meanwhile_does_not_come(service, browser, alice, ticket):
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    notifications.seen(alice, ticket)
    deliver()
    assert service.taken == [] and not Delivery.objects.filter(kind="push").exists()


def test_a_line_that_changes_while_its_push_waits_comes_once(service, browser, alice, ticket):
    for kind in (Kind.ASSIGNED, Kind.WROTE):
        notifications.notify([alice], kind, ticket=ticket)
    deliver()
    assert told(service, browser) == [f"The customer wrote on #{ticket.number}, which is yours"]


def test_nobody_hears_who_may_not_see_it_signed_out_or_works_here_no_more(
    service, browser, alice, ticket, returns, ada, client
):
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    assignment.move(ticket, returns, actor=ada)
    deliver()
    sending.trial(Device.objects.get())
    client.logout()
    deliver()
    client.force_login(alice)
    Device.objects.update(session=client.session.session_key)
    sending.trial(Device.objects.get())
    alice.is_active = False
    alice.save()
    deliver()
    assert service.taken == []


def test_what_is_not_wanted_on_devices_and_quiet_hours_queue_nothing(service, browser, alice, ticket):
    ways.choose(alice, {Kind.WOKEN: ways.Ways(page=True)})
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    hour = timezone.now().hour
    ways.choose(alice, {}, quiet_from=hour, quiet_until=(hour + 2) % 24)
    alice.time_zone = "UTC"
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    assert not Delivery.objects.filter(kind="push").exists()


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_device_that_is_gone_is_forgotten(service, browser, alice, ticket, status):
    service.answers.append(reply(b"", status=status))
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    deliver()
    assert not Device.objects.exists() and not Delivery.objects.filter(kind="push").exists()


def test_a_service_that_is_busy_is_asked_again_and_one_that_refuses_is_not(service, browser, alice, ticket):
    service.answers += [reply(b"", status="503 Busy"), reply(b"", status="429 Slowly")]
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    for _ in range(3):
        deliver()
    assert len(service.taken) == 3 and not Delivery.objects.filter(kind="push").exists()
    service.answers.append(reply(b"bad token", status="403 Forbidden"))
    sending.trial(Device.objects.get())
    deliver()
    deliver()
    assert len(service.taken) == 4
    failed = Delivery.objects.get(kind="push")
    assert (failed.state, failed.error) == ("failed", "403 bad token")


def test_what_is_hours_old_is_no_news(service, browser, alice, ticket):
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    Delivery.objects.update(created_at=timezone.now() - sending.LATEST - timedelta(minutes=1))
    deliver()
    assert service.taken == []


def test_an_address_inside_is_not_asked_when_it_is_listed_no_more(service, browser, alice, ticket, settings):
    settings.PUSH_HOSTS = []
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    deliver()
    assert service.taken == [] and not Device.objects.exists()


def test_with_another_encryption_key_nothing_breaks(service, browser, alice, ticket, settings):
    sending.trial(Device.objects.get())
    settings.ENCRYPTION_KEY = "another"
    deliver()
    assert service.taken == [] and not Device.objects.exists()


def test_a_trial_says_that_notifications_come(service, browser, alice):
    Company.objects.get_or_create(pk=1, defaults={"name": "Tallow & Pine"})
    sending.trial(Device.objects.get())
    deliver()
    shown = browser.told(service.taken[0][1])
    assert shown["title"] == "Tallow & Pine" and "come to this device" in shown["body"]
