"""What went wrong with a mail server, in a sentence an admin can act on."""

import imaplib
import smtplib
import socket
import ssl

from django.utils.translation import gettext as _
from imap_tools import MailboxFolderSelectError, MailboxLoginError

from channels_app.adapters.email.network import PrivateAddress
from channels_app.consent import ConsentLost


class NoStartTls(Exception):
    """The server does not offer STARTTLS."""


def explain(error: BaseException, host: str, port: int) -> str:
    """One sentence for a failure of IMAP or SMTP."""
    return (
        _of_network(error, host, port)
        or _of_login(error)
        or _("%(host)s answered: %(answer)s") % {"host": host, "answer": answer(error)}
    )


def _of_network(error: BaseException, host: str, port: int) -> str:
    names = {"host": host, "port": port}
    match error:
        case ConsentLost():
            text = _("The consent for this mailbox was withdrawn or has ended. Connect it again.")
        case PrivateAddress():
            text = _("%(host)s is on a private network that this desk may not reach.")
        case socket.gaierror():
            text = _("There is no host called %(host)s.")
        case ConnectionRefusedError():
            text = _("%(host)s takes no connection on port %(port)s.")
        case TimeoutError():
            text = _("%(host)s does not answer on port %(port)s.")
        case ssl.SSLCertVerificationError():
            text = _("The certificate of %(host)s is not valid: %(reason)s.")
            names["reason"] = error.verify_message
        case ssl.SSLError():
            text = _("%(host)s does not speak TLS on port %(port)s. Try STARTTLS, or another port.")
        case smtplib.SMTPNotSupportedError():
            text = _("The server does not let anybody sign in. Leave the user name empty.")
        case NoStartTls():
            text = _("%(host)s does not offer STARTTLS on port %(port)s. Try TLS, or another port.")
        case smtplib.SMTPServerDisconnected() | imaplib.IMAP4.abort() | ConnectionError():
            text = _("%(host)s closed the connection on port %(port)s.")
        case _other:
            text = ""
    return text % names


def _of_login(error: BaseException) -> str:
    match error:
        case MailboxLoginError() | smtplib.SMTPAuthenticationError():
            text = _("The server does not accept this user name and password: %(answer)s")
        case MailboxFolderSelectError():
            text = _("The server has no such folder, or does not open it: %(answer)s")
        case _other:
            return ""
    return text % {"answer": answer(error)}


def answer(error: BaseException) -> str:
    """What the server said, in its own words; else what went wrong."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    command_result = getattr(error, "command_result", None)
    if command_result and len(command_result) > 1:
        parts = command_result[1] if isinstance(command_result[1], list) else [command_result[1]]
        return " ".join(part.decode("utf-8", "replace") for part in parts if isinstance(part, bytes))
    return str(error) or type(error).__name__
