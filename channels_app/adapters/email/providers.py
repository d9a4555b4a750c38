"""The mail providers that most companies use: their servers, and what each wants before it lets a program in.

From each provider's own pages for mail programs. Everything here is a proposal; the admin may change it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    security: str


@dataclass(frozen=True)
class Provider:
    name: str
    imap: Server
    smtp: Server
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    """What the names of its mail servers end in, for companies' own domains."""
    oauth: str = ""
    """The consent it takes instead of a password: a name in `oauth.PROVIDERS`."""
    hint: str | Promise = ""
    spf: str = ""
    """What a domain that sends through it names in its SPF record."""


def _tls(host: str, port: int) -> Server:
    return Server(host, port, "tls")


def _starttls(host: str, port: int) -> Server:
    return Server(host, port, "starttls")


_APP_PASSWORD = _("It does not take your usual password: make an app password in its security settings.")
_GOOGLE = _(
    "Connect with Google, or turn on 2-step verification there and make an app password. The usual password "
    "is not taken."
)
_MICROSOFT = _("Connect with Microsoft. Passwords are not taken any more for fetching mail.")
_YANDEX = _(
    "Allow mail programs (IMAP) in the settings of the mailbox, and make an app password for mail in "
    "the account."
)
_SWITCH_ON = _("Fetching by IMAP must be switched on first, in the settings of the mailbox on the web.")
_BRIDGE = _(
    "Proton Mail Bridge must run on the desk's own machine; it shows the user and password to enter here."
)

GMAIL = Provider(
    "Gmail",
    _tls("imap.gmail.com", 993),
    _starttls("smtp.gmail.com", 587),
    ("gmail.com", "googlemail.com"),
    ("google.com", "googlemail.com", "psmtp.com"),
    "google",
    _GOOGLE,
    "include:_spf.google.com",
)
MICROSOFT = Provider(
    "Microsoft 365",
    _tls("outlook.office365.com", 993),
    _starttls("smtp.office365.com", 587),
    (),
    ("mail.protection.outlook.com", "mx.microsoft"),
    "microsoft",
    _MICROSOFT,
    "include:spf.protection.outlook.com",
)
OUTLOOK = Provider(
    "Outlook.com",
    _tls("outlook.office365.com", 993),
    _starttls("smtp-mail.outlook.com", 587),
    (
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "outlook.hu",
        "hotmail.co.uk",
        "live.ru",
        "outlook.de",
    ),
    ("olc.protection.outlook.com",),
    "microsoft",
    _MICROSOFT,
)
YAHOO = Provider(
    "Yahoo",
    _tls("imap.mail.yahoo.com", 993),
    _tls("smtp.mail.yahoo.com", 465),
    (
        "yahoo.com",
        "yahoo.co.uk",
        "yahoo.de",
        "yahoo.fr",
        "yahoo.it",
        "yahoo.es",
        "ymail.com",
        "rocketmail.com",
    ),
    ("yahoodns.net",),
    hint=_APP_PASSWORD,
)
ICLOUD = Provider(
    "iCloud",
    _tls("imap.mail.me.com", 993),
    _starttls("smtp.mail.me.com", 587),
    ("icloud.com", "me.com", "mac.com"),
    ("mail.icloud.com",),
    hint=_APP_PASSWORD,
    spf="include:icloud.com",
)
YANDEX = Provider(
    "Yandex",
    _tls("imap.yandex.com", 993),
    _tls("smtp.yandex.com", 465),
    ("yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "narod.ru"),
    ("mx.yandex.net", "mx.yandex.ru"),
    hint=_YANDEX,
    spf="include:_spf.yandex.net",
)
MAIL_RU = Provider(
    "Mail.ru",
    _tls("imap.mail.ru", 993),
    _tls("smtp.mail.ru", 465),
    ("mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru", "xmail.ru"),
    ("mxs.mail.ru", "emx.mail.ru"),
    hint=_APP_PASSWORD,
    spf="include:_spf.mail.ru",
)
FREEMAIL = Provider(
    "Freemail",
    _tls("imap.freemail.hu", 993),
    _starttls("smtp.freemail.hu", 587),
    ("freemail.hu",),
    ("freemail.hu",),
    hint=_SWITCH_ON,
)
CITROMAIL = Provider(
    "Citromail",
    _tls("imap.citromail.hu", 993),
    _starttls("smtp.citromail.hu", 587),
    ("citromail.hu",),
    ("citromail.hu",),
    hint=_SWITCH_ON,
)
GMX = Provider(
    "GMX",
    _tls("imap.gmx.net", 993),
    _starttls("mail.gmx.net", 587),
    ("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu"),
    ("emig.gmx.net", "gmx.net"),
    hint=_SWITCH_ON,
)
GMX_COM = Provider(
    "GMX",
    _tls("imap.gmx.com", 993),
    _starttls("mail.gmx.com", 587),
    ("gmx.com", "gmx.us", "gmx.co.uk"),
    hint=_SWITCH_ON,
)
WEB_DE = Provider(
    "WEB.DE", _tls("imap.web.de", 993), _starttls("smtp.web.de", 587), ("web.de", "email.de"), hint=_SWITCH_ON
)
FASTMAIL = Provider(
    "Fastmail",
    _tls("imap.fastmail.com", 993),
    _tls("smtp.fastmail.com", 465),
    ("fastmail.com", "fastmail.fm"),
    ("messagingengine.com",),
    hint=_APP_PASSWORD,
    spf="include:spf.messagingengine.com",
)
PROTON = Provider(
    "Proton Mail",
    _starttls("127.0.0.1", 1143),
    _starttls("127.0.0.1", 1025),
    ("proton.me", "protonmail.com", "pm.me"),
    ("protonmail.ch",),
    hint=_BRIDGE,
    spf="include:_spf.protonmail.ch",
)
ZOHO = Provider(
    "Zoho Mail",
    _tls("imappro.zoho.com", 993),
    _tls("smtppro.zoho.com", 465),
    ("zoho.com", "zohomail.com"),
    ("zoho.com",),
    hint=_SWITCH_ON,
    spf="include:zohomail.com",
)
ZOHO_EU = Provider(
    "Zoho Mail",
    _tls("imappro.zoho.eu", 993),
    _tls("smtppro.zoho.eu", 465),
    ("zoho.eu", "zohomail.eu"),
    ("zoho.eu",),
    hint=_SWITCH_ON,
    spf="include:zohomail.eu",
)

ALL = (
    GMAIL,
    MICROSOFT,
    OUTLOOK,
    YAHOO,
    ICLOUD,
    YANDEX,
    MAIL_RU,
    FREEMAIL,
    CITROMAIL,
    GMX,
    GMX_COM,
    WEB_DE,
    FASTMAIL,
    PROTON,
    ZOHO,
    ZOHO_EU,
)


def of_domain(domain: str) -> Provider | None:
    """The provider whose own domain this is."""
    return next((one for one in ALL if domain.lower() in one.domains), None)


def of_mail_server(host: str) -> Provider | None:
    """The provider that runs this mail server of a company's domain."""
    return next((one for one in ALL if any(_is_under(host.lower(), name) for name in one.mx)), None)


def of_server(host: str) -> Provider | None:
    """The provider whose IMAP or SMTP server this is."""
    return next((one for one in ALL if host.lower() in (one.imap.host, one.smtp.host)), None)


def _is_under(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")
