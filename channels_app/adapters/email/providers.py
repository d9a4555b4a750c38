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
    """The consent it takes instead of a password: a name in `settings.OAUTH_PROVIDERS`."""
    hint: str | Promise = ""
    spf: str = ""
    """What a domain that sends through it names in its SPF record."""


def _imap(host: str) -> Server:
    return Server(host, 993, "tls")


def _smtp(host: str) -> Server:
    return Server(host, 587, "starttls")


def _smtp_tls(host: str) -> Server:
    return Server(host, 465, "tls")


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


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

ALL = (
    Provider(
        "Gmail",
        _imap("imap.gmail.com"),
        _smtp("smtp.gmail.com"),
        domains=_names("gmail.com googlemail.com"),
        mx=_names("google.com googlemail.com psmtp.com"),
        oauth="google",
        spf="include:_spf.google.com",
        hint=_GOOGLE,
    ),
    Provider(
        "Microsoft 365",
        _imap("outlook.office365.com"),
        _smtp("smtp.office365.com"),
        mx=_names("mail.protection.outlook.com mx.microsoft"),
        oauth="microsoft",
        spf="include:spf.protection.outlook.com",
        hint=_MICROSOFT,
    ),
    Provider(
        "Outlook.com",
        _imap("outlook.office365.com"),
        _smtp("smtp-mail.outlook.com"),
        domains=_names(
            "outlook.com hotmail.com live.com msn.com outlook.hu hotmail.co.uk live.ru outlook.de"
        ),
        mx=_names("olc.protection.outlook.com"),
        oauth="microsoft",
        hint=_MICROSOFT,
    ),
    Provider(
        "Yahoo",
        _imap("imap.mail.yahoo.com"),
        _smtp_tls("smtp.mail.yahoo.com"),
        domains=_names("yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es ymail.com rocketmail.com"),
        mx=_names("yahoodns.net"),
        hint=_APP_PASSWORD,
    ),
    Provider(
        "iCloud",
        _imap("imap.mail.me.com"),
        _smtp("smtp.mail.me.com"),
        domains=_names("icloud.com me.com mac.com"),
        mx=_names("mail.icloud.com"),
        spf="include:icloud.com",
        hint=_APP_PASSWORD,
    ),
    Provider(
        "Yandex",
        _imap("imap.yandex.com"),
        _smtp_tls("smtp.yandex.com"),
        domains=_names("yandex.ru ya.ru yandex.com yandex.by yandex.kz narod.ru"),
        mx=_names("mx.yandex.net mx.yandex.ru"),
        spf="include:_spf.yandex.net",
        hint=_YANDEX,
    ),
    Provider(
        "Mail.ru",
        _imap("imap.mail.ru"),
        _smtp_tls("smtp.mail.ru"),
        domains=_names("mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru"),
        mx=_names("mxs.mail.ru emx.mail.ru"),
        spf="include:_spf.mail.ru",
        hint=_APP_PASSWORD,
    ),
    Provider(
        "Freemail",
        _imap("imap.freemail.hu"),
        _smtp("smtp.freemail.hu"),
        domains=_names("freemail.hu"),
        mx=_names("freemail.hu"),
        hint=_SWITCH_ON,
    ),
    Provider(
        "Citromail",
        _imap("imap.citromail.hu"),
        _smtp("smtp.citromail.hu"),
        domains=_names("citromail.hu"),
        mx=_names("citromail.hu"),
        hint=_SWITCH_ON,
    ),
    Provider(
        "GMX",
        _imap("imap.gmx.net"),
        _smtp("mail.gmx.net"),
        domains=_names("gmx.de gmx.net gmx.at gmx.ch gmx.eu"),
        mx=_names("emig.gmx.net gmx.net"),
        hint=_SWITCH_ON,
    ),
    Provider(
        "GMX",
        _imap("imap.gmx.com"),
        _smtp("mail.gmx.com"),
        domains=_names("gmx.com gmx.us gmx.co.uk"),
        hint=_SWITCH_ON,
    ),
    Provider(
        "WEB.DE",
        _imap("imap.web.de"),
        _smtp("smtp.web.de"),
        domains=_names("web.de email.de"),
        hint=_SWITCH_ON,
    ),
    Provider(
        "Fastmail",
        _imap("imap.fastmail.com"),
        _smtp_tls("smtp.fastmail.com"),
        domains=_names("fastmail.com fastmail.fm"),
        mx=_names("messagingengine.com"),
        spf="include:spf.messagingengine.com",
        hint=_APP_PASSWORD,
    ),
    Provider(
        "Proton Mail",
        Server("127.0.0.1", 1143, "starttls"),
        Server("127.0.0.1", 1025, "starttls"),
        domains=_names("proton.me protonmail.com pm.me"),
        mx=_names("protonmail.ch"),
        spf="include:_spf.protonmail.ch",
        hint=_BRIDGE,
    ),
    Provider(
        "Zoho Mail",
        _imap("imappro.zoho.com"),
        _smtp_tls("smtppro.zoho.com"),
        domains=_names("zoho.com zohomail.com"),
        mx=_names("zoho.com"),
        spf="include:zohomail.com",
        hint=_SWITCH_ON,
    ),
    Provider(
        "Zoho Mail",
        _imap("imappro.zoho.eu"),
        _smtp_tls("smtppro.zoho.eu"),
        domains=_names("zoho.eu zohomail.eu"),
        mx=_names("zoho.eu"),
        spf="include:zohomail.eu",
        hint=_SWITCH_ON,
    ),
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
