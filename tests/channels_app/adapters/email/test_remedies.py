"""What providers answer when they refuse, in their own words, and what the admin is told to do."""

import socket
import ssl

import pytest
from django.utils.translation import override
from imap_tools import MailboxFolderSelectError, MailboxLoginError

from channels_app.adapters.email import remedies, trouble
from channels_app.adapters.email.network import PrivateAddress
from channels_app.adapters.email.trouble import NoStartTls


def of_login(answer: str, host: str = "imap.shop.example") -> str:
    error = MailboxLoginError(("NO", [answer.encode()]), "OK")
    return remedies.remedy(error, trouble.answer(error), host=host, port=993, security="tls")


@pytest.mark.parametrize(
    ("host", "answer", "remedy"),
    [
        (
            "imap.gmail.com",
            "[ALERT] Application-specific password required: https://…",
            remedies.APP_PASSWORD,
        ),
        ("imap.gmail.com", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)", remedies.APP_PASSWORD),
        ("imap.gmail.com", "[ALERT] Please log in via your web browser: https://…", remedies.IN_BROWSER),
        ("imap.gmail.com", "[ALERT] Your account is not enabled for IMAP use.", remedies.IMAP_OFF),
        ("outlook.office365.com", "LOGIN failed.", remedies.CONSENT),
        ("outlook.office365.com", "AUTHENTICATE failed.", remedies.CONSENT),
        ("outlook.office365.com", "User is authenticated but not connected.", remedies.NOT_THIS_MAILBOX),
        ("imap.mail.yahoo.com", "[AUTHENTICATIONFAILED] LOGIN Invalid credentials", remedies.APP_PASSWORD),
        ("imap.mail.me.com", "[AUTHENTICATIONFAILED] Authentication Failed", remedies.APP_PASSWORD),
        ("imap.mail.ru", "Authentication failed. NEOBHODIM parol prilozheniya", remedies.APP_PASSWORD),
        ("imap.gmx.net", "[AUTHENTICATIONFAILED] authentication failed", remedies.IMAP_OFF),
        (
            "imap.yandex.com",
            "[AUTHENTICATIONFAILED] AUTHENTICATE Invalid credentials or IMAP is disabled",
            remedies.IMAP_OFF,
        ),
        ("imappro.zoho.eu", "You are yet to enable IMAP for your account.", remedies.IMAP_OFF),
        (
            "",
            "[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure connections.",
            remedies.ENCRYPT,
        ),
        ("", "[EXPIRED] Your password has expired", remedies.EXPIRED),
        ("", "Too many login attempts", remedies.TOO_OFTEN),
        ("", "[CONTACTADMIN] Account suspended", remedies.BLOCKED),
    ],
)
def test_known_answers_have_their_remedy(host, answer, remedy):
    assert of_login(answer, host) == str(remedy)


def test_unknown_answers_have_a_general_one():
    assert "app password" in of_login("[AUTHENTICATIONFAILED] Authentication failed.")


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", remedies.CONSENT),
        ("535 5.7.139 SmtpClientAuthentication is disabled for the Tenant.", remedies.SMTP_OFF),
        ("530 5.7.0 Must issue a STARTTLS command first", remedies.ENCRYPT),
    ],
)
def test_sending_has_remedies_too(answer, remedy):
    assert of_login(answer, "smtp.office365.com") == str(remedy)


def certificate(told: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "no")
    error.verify_message = told
    return error


@pytest.mark.parametrize(
    ("error", "port", "security", "words"),
    [
        (socket.gaierror(-2, "unknown"), 993, "tls", "how the server's name is written"),
        (ConnectionRefusedError(), 993, "tls", "firewall"),
        (TimeoutError(), 25, "none", "block port 25"),
        (TimeoutError(), 993, "starttls", "Choose TLS"),
        (PrivateAddress("x"), 993, "tls", "HELPDESK_MAIL_PRIVATE_HOSTS"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), 587, "tls", "Choose STARTTLS"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), 1993, "tls", "do not fit"),
        (NoStartTls(), 465, "starttls", "do not fit"),
        (certificate("Hostname mismatch, certificate is not valid for 'x'."), 993, "tls", "another name"),
        (certificate("certificate has expired"), 993, "tls", "run out"),
        (certificate("self-signed certificate"), 993, "tls", "SSL_CERT_FILE"),
        (MailboxFolderSelectError(("NO", [b"no"]), "OK"), 993, "tls", "folder is written"),
    ],
)
def test_what_to_do_about_a_connection(error, port, security, words):
    assert words in remedies.remedy(error, "", host="imap.shop.example", port=port, security=security)


@pytest.mark.parametrize("language", ["ru", "hu"])
def test_remedies_are_told_in_the_admins_language(language):
    english = of_login("[EXPIRED]")
    with override(language):
        assert of_login("[EXPIRED]") != english
