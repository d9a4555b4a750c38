"""What to do about a mail server's refusal: known answers of known servers, and the sentence that helps.

The answers are as the providers word them (RFC 5530 where they send codes); the first that fits counts.
"""

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from imap_tools import MailboxFolderSelectError, MailboxLoginError

from channels_app.adapters.email import providers
from channels_app.adapters.email.network import PrivateAddress
from channels_app.adapters.email.trouble import NoStartTls

APP_PASSWORD = gettext_lazy(
    "Make an app password in the security settings of the mail account and enter it here instead of "
    "the usual one."
)
IMAP_OFF = gettext_lazy("Switch on IMAP in the settings of the mailbox at the provider, then try again.")
CONSENT = gettext_lazy("This provider takes no passwords any more. Connect by its consent page instead.")
SMTP_OFF = gettext_lazy(
    "Sending by SMTP is switched off there. In the Microsoft 365 admin centre allow “Authenticated "
    "SMTP” for this "
    "mailbox, or connect by consent."
)
IN_BROWSER = gettext_lazy("Sign in once in a browser and confirm that it was you, then try again.")
ENCRYPT = gettext_lazy(
    "The server takes passwords over an encrypted connection only. Choose TLS or STARTTLS."
)
TOO_OFTEN = gettext_lazy("The server has had enough of attempts for now. Wait some minutes, then try again.")
EXPIRED = gettext_lazy("The password there has expired. Set a new one at the provider and enter it here.")
NO_SIGN_IN = gettext_lazy("This server wants nobody to sign in. Leave user and password empty.")
BLOCKED = gettext_lazy("The account is blocked at the provider. Its owner has to unblock it there.")
NOT_THIS_MAILBOX = gettext_lazy(
    "The sign-in worked, but this mailbox cannot be opened with it: check the user name, that IMAP "
    "is switched on "
    "for it, and that a licence is assigned."
)


@dataclass(frozen=True)
class Cause:
    """An answer, the servers that give it ("" for any), and the remedy."""

    answer: str
    remedy: str | Promise
    host: str = ""

    def fits(self, answer: str, host: str) -> bool:
        return bool(re.search(self.host, host, re.I) and re.search(self.answer, answer, re.I | re.S))


CAUSES = (
    Cause(r"application-specific password required|app password|application password", APP_PASSWORD),
    Cause(r"parol prilozheniya|NEOBHODIM", APP_PASSWORD),
    Cause(r"not enabled for IMAP|enable IMAP|IMAP (access )?(is )?disabled|IMAP4? is not enabled", IMAP_OFF),
    Cause(r"does not have access rights to this service|IMAP access (is )?den", IMAP_OFF),
    Cause(r"log in via your web browser|WEBALERT|web login required", IN_BROWSER),
    Cause(r"basic authentication is disabled|BasicAuthBlocked", CONSENT),
    Cause(r"SmtpClientAuth\w* is disabled|SMTP ?AUTH is disabled|SmtpClientAuthentication", SMTP_OFF),
    Cause(r"authenticated but not connected", NOT_THIS_MAILBOX),
    Cause(r"PRIVACYREQUIRED|LOGINDISABLED|plaintext authentication disallowed|encryption required", ENCRYPT),
    Cause(r"must issue a STARTTLS|5\.7\.0 .*STARTTLS|538 ", ENCRYPT),
    Cause(r"\[EXPIRED\]|password (has )?expired", EXPIRED),
    Cause(r"too many|rate limit|#AUTH005|\[LIMIT\]|try again later|temporarily", TOO_OFTEN),
    Cause(r"suspend|blocked|locked|\[CONTACTADMIN\]", BLOCKED),
    Cause(r"AUTHENTICATE failed|LOGIN failed|5\.7\.3|5\.7\.139", CONSENT, r"(office365|outlook)\.com$"),
    Cause(
        r"AUTHENTICATIONFAILED|invalid credentials|BadCredentials|5\.7\.8",
        APP_PASSWORD,
        r"\.(gmail|google)\.com$",
    ),
    Cause(
        r"AUTHENTICATIONFAILED|authentication failed|5\.7\.8|535",
        APP_PASSWORD,
        r"\.(mail\.yahoo|mail\.me)\.com$",
    ),
    Cause(r"AUTHENTICATIONFAILED|authentication failed|535", IMAP_OFF, r"\.(gmx\.(net|com)|web\.de)$"),
)


def remedy(error: BaseException, answer: str, *, host: str, port: int, security: str) -> str:
    """What to do, in one or two sentences; "" when nothing is known."""
    if isinstance(error, MailboxLoginError | smtplib.SMTPResponseException):
        return _of_answer(error, answer, host)
    return _of_connection(error, port, security)


def _of_answer(error: BaseException, answer: str, host: str) -> str:
    known = next((str(cause.remedy) for cause in CAUSES if cause.fits(answer, host)), "")
    if known:
        return known
    provider = providers.of_server(host)
    if provider and provider.hint:
        return str(provider.hint)
    if isinstance(error, MailboxLoginError | smtplib.SMTPAuthenticationError):
        return _(
            "Check user and password. The user is often the whole address; with two-step sign-in an "
            "app password is needed."
        )
    return ""


def _of_connection(error: BaseException, port: int, security: str) -> str:
    match error:
        case PrivateAddress():
            return _(
                "Whoever runs the desk names the host in HELPDESK_MAIL_PRIVATE_HOSTS, then it may be reached."
            )
        case socket.gaierror():
            return _("Check how the server's name is written. The provider's help pages tell it.")
        case ssl.SSLCertVerificationError():
            return _certificate(error)
        case NoStartTls() | ssl.SSLError() | smtplib.SMTPNotSupportedError() | MailboxFolderSelectError():
            return _of_protocol(error, port)
        case ConnectionRefusedError() | TimeoutError() | OSError():
            return _of_port(port, security)
    return ""


def _of_protocol(error: BaseException, port: int) -> str:
    match error:
        case smtplib.SMTPNotSupportedError():
            return str(NO_SIGN_IN)
        case MailboxFolderSelectError():
            return _("Check how the folder is written; upper and lower case count.")
        case ssl.SSLError() if port in (143, 587, 25):
            return _("On this port encryption begins with STARTTLS. Choose STARTTLS.")
    return _("Encryption and port do not fit. TLS goes with 993 and 465, STARTTLS with 143 and 587.")


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    told = error.verify_message.lower()
    if "mismatch" in told or "doesn't match" in told:
        return _(
            "The certificate is for another name. Enter the server by the name that stands in its "
            "certificate."
        )
    if "expired" in told:
        return _("The certificate has run out. Whoever runs the server has to renew it.")
    return _(
        "The desk does not know who signed the certificate. For a server of your own add its "
        "authority to the "
        "machine's trusted ones (SSL_CERT_FILE)."
    )


def _of_port(port: int, security: str) -> str:
    if port == 25:
        return _("Many networks block port 25. Use 587 with STARTTLS, or 465 with TLS.")
    if security == "starttls" and port in (993, 465):
        return _("On this port encryption begins at once. Choose TLS.")
    return _("Check the port, and whether a firewall between the desk and the server lets it through.")
