"""The test of a mailbox's settings: one sentence for every way in which they can be wrong."""

import pytest

from channels_app.adapters.email import check, network, trial
from helpdesk.embedded.processes import wait_for
from tests.channels_app.adapters.email.mails import raw
from tests.mailservers import PASSWORD, Dovecot, Postfix, free_port

pytestmark = [pytest.mark.dovecot, pytest.mark.postfix]
SECRETS = {"imap_password": PASSWORD, "smtp_password": PASSWORD}


@pytest.fixture
def imap(dovecot: Dovecot):
    def imap(secrets: dict[str, str] = SECRETS, **config) -> check.Outcome:
        plain = {"imap_host": "localhost", "imap_port": dovecot.port, "imap_security": "none"}
        plain |= {"imap_user": "check@desk.example", "since": "2026-01-01"}
        return check.test_imap({**plain, **config}, secrets)

    return imap


@pytest.fixture
def smtp(postfix: Postfix):
    def smtp(**config) -> check.Outcome:
        plain = {"smtp_host": "localhost", "smtp_port": postfix.port, "smtp_security": "none"}
        return check.test_smtp({**plain, **config}, SECRETS)

    return smtp


def test_it_works_and_says_how_much_will_be_taken(imap, dovecot):
    dovecot.empty("check@desk.example")
    dovecot.put("check@desk.example", raw())
    assert imap() == check.Outcome(True, "The mailbox opens. 1 mail will be taken.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"imap_host": "no-such-host.invalid"}, "There is no host called no-such-host.invalid."),
        ({"imap_host": "x" * 70 + ".example"}, "There is no host called"),
        ({"imap_port": "closed"}, "localhost takes no connection on port"),
        ({"secrets": {"imap_password": "wrong"}}, "The server does not accept this user name and password"),
        ({"secrets": {"imap_password": "ключ"}}, "The server does not accept this user name and password"),
        ({"imap_folders": ["Nowhere"]}, "The server has no such folder"),
        ({"imap_security": "tls"}, "localhost does not speak TLS on port"),
        (
            {"imap_security": "starttls"},
            "The certificate of localhost is not valid: self-signed certificate.",
        ),
        ({"imap_security": "tls", "imap_port": "tls"}, "The certificate of localhost is not valid"),
    ],
)
def test_what_can_be_wrong_with_imap(imap, dovecot, wrong, sentence):
    ports = {"closed": free_port(), "tls": dovecot.tls_port}
    wrong = {**wrong, **({"imap_port": ports[wrong["imap_port"]]} if "imap_port" in wrong else {})}
    outcome = imap(**wrong)
    assert not outcome.ok
    assert outcome.message.startswith(sentence)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_is_trusted_opens_the_mailbox(imap, dovecot, security, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate))
    port = dovecot.tls_port if security == "tls" else dovecot.port
    assert imap(imap_security=security, imap_port=port).ok


def test_a_test_mail_arrives(postfix: Postfix, dovecot: Dovecot):
    dovecot.empty("carol@mail.example")
    config = {"smtp_host": "localhost", "smtp_port": postfix.port, "smtp_security": "none"}
    told = trial.send(config, {}, sender="support@desk.example", to="carol@mail.example")
    assert told == check.Outcome(True, "A test mail is on its way to carol@mail.example.")
    assert wait_for(lambda: bool(dovecot.inbox("carol@mail.example")), 10)
    assert b"support@desk.example can send" in dovecot.inbox("carol@mail.example")[0]


def test_a_test_mail_that_cannot_go_says_why():
    told = trial.send(
        {"smtp_host": "no-such-host.invalid"}, {}, sender="support@desk.example", to="carol@mail.example"
    )
    assert told == check.Outcome(False, "There is no host called no-such-host.invalid.")


def test_the_outgoing_server_works(smtp):
    assert smtp() == check.Outcome(True, "The outgoing server accepts the connection.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"smtp_host": "no-such-host.invalid"}, "There is no host called no-such-host.invalid."),
        ({"smtp_port": "closed"}, "localhost takes no connection on port"),
        ({"smtp_security": "tls"}, "localhost does not speak TLS on port"),
        ({"smtp_security": "starttls"}, "localhost does not offer STARTTLS on port"),
        ({"smtp_user": "somebody"}, "The server does not let anybody sign in"),
    ],
)
def test_what_can_be_wrong_with_smtp(smtp, wrong, sentence):
    wrong = {**wrong, **({"smtp_port": free_port()} if "smtp_port" in wrong else {})}
    outcome = smtp(**wrong)
    assert not outcome.ok
    assert outcome.message.startswith(sentence)


def test_a_private_network_that_is_not_allowed_is_not_reached(imap, smtp, settings):
    settings.MAIL_PRIVATE_HOSTS = []
    sentence = "localhost is on a private network that this desk may not reach."
    assert imap().message == smtp().message == sentence


@pytest.mark.parametrize(
    ("allowed", "host", "address", "reachable"),
    [
        ([], "mail.example", "93.184.216.34", True),
        ([], "mail.example", "10.0.0.1", False),
        ([], "mail.example", "127.0.0.1", False),
        ([], "mail.example", "169.254.169.254", False),
        ([], "mail.example", "::1", False),
        ([], "mail.example", "::ffff:10.0.0.1", False),
        ([], "mail.example", "fe80::1%eth0", False),
        (["*"], "mail.example", "10.0.0.1", True),
        (["10.0.0.0/8"], "mail.example", "10.0.0.1", True),
        (["10.0.0.0/8"], "mail.example", "192.168.0.1", False),
        (["192.168.0.1"], "mail.example", "192.168.0.1", True),
        (["mail.example"], "Mail.Example", "10.0.0.1", True),
        (["mail.example"], "other.example", "10.0.0.1", False),
    ],
)
def test_which_addresses_may_be_reached(settings, allowed, host, address, reachable):
    settings.MAIL_PRIVATE_HOSTS = allowed
    assert network.may_reach(host, address) is reachable


@pytest.mark.parametrize(
    ("wrong", "states"),
    [
        ({}, [True] * 5),
        ({"imap_host": "no-such-host.invalid"}, [False, None, None, None, None]),
        ({"imap_port": 1}, [True, False, None, None, None]),
        ({"secrets": {"imap_password": "wrong"}}, [True, True, False, None, None]),
        ({"imap_folders": ["Nowhere"]}, [True, True, True, False, None]),
        ({"imap_security": "starttls"}, [True, True, False, None, None, None]),
    ],
)
def test_the_steps_show_how_far_it_came(imap, wrong, states):
    outcome = imap(**wrong)
    assert [step.ok for step in outcome.steps] == states
    assert bool(outcome.remedy) is not outcome.ok


@pytest.mark.parametrize(
    ("wrong", "states"),
    [
        ({}, [True, True]),
        ({"smtp_user": "somebody"}, [True, True, False]),
        ({"smtp_security": "starttls"}, [True, True, False]),
    ],
)
def test_the_steps_of_sending(smtp, wrong, states):
    assert [step.ok for step in smtp(**wrong).steps] == states


def test_without_a_server_there_is_nothing_to_try():
    assert not check.test_imap({"imap_host": ""}, {}).ok
    assert not check.test_smtp({}, {}).ok
