"""Whether a domain lets its mail be believed: MX, SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489)."""

import ipaddress
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from channels_app.adapters.email import names, providers
from channels_app.adapters.email.relays import RELAYS
from channels_app.models import Channel

MOST_LOOKUPS = 10
AT_ONCE = 12  # questions about DKIM keys
SELECTORS = (
    *("default", "google", "selector1", "selector2", "dkim", "mail", "k1", "k2", "k3", "s1", "s2", "s1024"),
    *("fm1", "fm2", "fm3", "protonmail", "protonmail2", "protonmail3", "zoho", "zmail", "sig1", "mailru"),
    *("mailjet", "brevo1", "brevo2", "pm", "20230601", "smtp", "key1", "mx", "scph0920", "mta", "m1"),
)
RELAY_SPF = {
    "mailgun": "include:mailgun.org",
    "sendgrid": "include:sendgrid.net",
    "postmark": "include:spf.mtasv.net",
    "brevo": "include:spf.brevo.com",
    "mailjet": "include:spf.mailjet.com",
    "sparkpost": "include:sparkpostmail.com",
    "amazon_ses": "include:amazonses.com",
}

_TAG = re.compile(r"\s*([a-z]+)\s*=\s*([^;]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One kind of record: what was found, what it means, and the record to add or change if any."""

    kind: str
    verdict: str
    """"ok", "warn", "bad", or "unknown" when no name server answered."""
    sentence: str
    found: tuple[str, ...] = ()
    name: str = ""
    record: str = ""


@dataclass
class Spf:
    """A policy read through its includes, as far as the ten look-ups of RFC 7208 4.6.4 reach."""

    includes: set[str] = field(default_factory=set)
    networks: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    lookups: int = 0
    ending: str = ""


def findings(channel: Channel) -> list[Finding]:
    """What stands in the domain's records for mail of this mailbox. Never raises; takes seconds."""
    domain = channel.address.rpartition("@")[2].lower()
    if provider := providers.of_domain(domain):
        told = _("The domain belongs to %(provider)s, who take care of its records.")
        return [Finding("MX", "ok", told % {"provider": provider.name})]
    checks = (("MX", _mx), ("SPF", _spf), ("DKIM", _dkim), ("DMARC", _dmarc))
    return [_careful(kind, check, domain, channel) for kind, check in checks]


def _careful(kind: str, check: object, domain: str, channel: Channel) -> Finding:
    try:
        return check(domain, channel)  # type: ignore[operator]
    except names.Unanswered:
        return Finding(kind, "unknown", _("No name server answered. Try again later."))


def _mx(domain: str, _channel: Channel) -> Finding:
    found = tuple(names.mx(domain))
    if not found:
        told = _("The domain names no mail server: nobody can write to this mailbox.")
        return Finding("MX", "bad", told, name=domain)
    return Finding("MX", "ok", _("Mail to this domain has a server to go to."), found)


def _spf(domain: str, channel: Channel) -> Finding:
    found = tuple(one for one in sorted(names.txt(domain)) if one.lower().split(" ")[0] == "v=spf1")
    wanted = _way_out(channel)
    if not found:
        told = _("No SPF record: receivers cannot know which servers may send for you.")
        return Finding("SPF", "bad", told, name=domain, record=f"v=spf1 {wanted} ~all" if wanted else "")
    if len(found) > 1:
        told = _("There are several SPF records, so receivers believe none of them. Join them into one.")
        return Finding("SPF", "bad", told, found, domain, _joined(found, wanted))
    policy = Spf()
    _read(domain, found[0], policy)
    return _judged(domain, found, policy, wanted, channel)


def _judged(domain: str, found: tuple[str, ...], policy: Spf, wanted: str, channel: Channel) -> Finding:
    if policy.lookups > MOST_LOOKUPS:
        told = _("Reading it takes more than ten look-ups, so receivers give up. Remove what is not needed.")
        return Finding("SPF", "bad", told, found, domain)
    if policy.ending in ("+all", "all", "?all"):
        told = _("It lets anybody send in your name. End it with ~all or -all.")
        return Finding("SPF", "warn", told, found, domain, re.sub(r"\s[+?]?all\b", " ~all", found[0]))
    if wanted and not _permits(policy, wanted, channel):
        told = _("It does not name the server this mailbox sends through.")
        return Finding("SPF", "bad", told, found, domain, _with(found[0], wanted))
    named = _("It names the server this mailbox sends through.")
    return Finding("SPF", "ok", named if wanted else _("There is one, and it can be read."), found)


def _way_out(channel: Channel) -> str:
    """The mechanism that permits what this mailbox sends through, "" when it sends through nothing yet."""
    config = channel.config
    if config.get("outgoing") in RELAYS:
        return RELAY_SPF.get(config["outgoing"], "")
    host = str(config.get("smtp_host", "")).lower()
    if not host:
        return ""
    provider = providers.of_server(host)
    return provider.spf if provider and provider.spf else f"a:{host}"


def _permits(policy: Spf, wanted: str, channel: Channel) -> bool:
    kind, _colon, value = wanted.partition(":")
    if kind == "include":
        return value in policy.includes
    if value in policy.hosts:
        return True
    return any(_within(address, policy.networks) for address in names.addresses(value))


def _within(address: str, networks: Iterable[str]) -> bool:
    ip = ipaddress.ip_address(address)
    for one in networks:
        try:
            if ip in ipaddress.ip_network(one, strict=False):
                return True
        except ValueError:  # somebody's slip of the pen
            continue
    return False


def _read(domain: str, record: str, policy: Spf, depth: int = 0) -> None:
    """Gather what a policy permits, its includes' included."""
    for term in record.lower().split()[1:]:
        kind, _sign, value = term.lstrip("+").replace("redirect=", "redirect:").partition(":")
        match kind.partition("/")[0]:
            case "ip4" | "ip6":
                policy.networks.add(value)
            case "a" | "mx":
                _add_hosts(kind, value.partition("/")[0] or domain, policy)
            case "include" | "redirect" if value:
                policy.lookups += 1
                policy.includes.add(value)
                _follow(value, policy, depth)
            case "all" | "-all" | "~all" | "?all" if not depth:
                policy.ending = kind


def _add_hosts(kind: str, host: str, policy: Spf) -> None:
    policy.lookups += 1
    hosts = names.mx(host)[:MOST_LOOKUPS] if kind.startswith("mx") else [host]
    policy.hosts |= set(hosts)
    for one in hosts:
        policy.networks |= set(names.addresses(one))


def _follow(domain: str, policy: Spf, depth: int) -> None:
    if policy.lookups > MOST_LOOKUPS or depth >= MOST_LOOKUPS:
        return
    for record in names.txt(domain):
        if record.lower().startswith("v=spf1"):
            _read(domain, record, policy, depth + 1)


def _with(record: str, wanted: str) -> str:
    """The record with one mechanism more, before its end."""
    head, _space, last = record.rstrip().rpartition(" ")
    return (
        f"{head} {wanted} {last}"
        if last.lower().lstrip("+-~?") == "all"
        else f"{record.rstrip()} {wanted} ~all"
    )


def _joined(records: Iterable[str], wanted: str) -> str:
    terms = [term for record in records for term in record.split()[1:] if not term.lower().endswith("all")]
    return " ".join(["v=spf1", *dict.fromkeys([*terms, *filter(None, [wanted])]), "~all"])


def _dkim(domain: str, channel: Channel) -> Finding:
    given = [one.strip() for one in str(channel.config.get("dkim_selectors", "")).split(",")]
    selectors = list(dict.fromkeys([*filter(None, given), *SELECTORS]))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        records = list(threads.map(lambda one: names.txt(f"{one}._domainkey.{domain}"), selectors))
    keys = [(one, record) for one, many in zip(selectors, records, strict=True) for record in many]
    found = [f"{one}: {record[:120]}" for one, record in keys if _tags(record).get("p", "").strip()]
    revoked = [f"{one}: {record[:120]}" for one, record in keys if _tags(record).get("p", "?").strip() == ""]
    if found:
        return Finding("DKIM", "ok", _("Mail can be signed: a key is published."), tuple(found))
    if revoked:
        told = _("The key was withdrawn (it is empty). Publish the one your sending provider shows.")
        return Finding("DKIM", "bad", told, tuple(revoked))
    told = _(
        "No key was found under the usual names. Your sending provider shows the record to publish; "
        "enter its "
        "selector below if it has another name."
    )
    return Finding("DKIM", "warn", told, name=f"<selector>._domainkey.{domain}")


def _tags(record: str) -> dict[str, str]:
    return {name.lower(): value for name, value in _TAG.findall(record)}


def _dmarc(domain: str, channel: Channel) -> Finding:
    found, at = _policies(domain), domain
    if not found and domain.count(".") > 1:  # a subdomain follows the policy of the domain above (6.6.3)
        at = domain.partition(".")[2]
        found = _policies(at)
    name = f"_dmarc.{domain}"
    if not found:
        told = _(
            "No DMARC record: receivers are not told what to do with mail that only pretends to be yours."
        )
        record = f"v=DMARC1; p=none; rua=mailto:{channel.address}"
        return Finding("DMARC", "warn", told, name=name, record=record)
    if len(found) > 1:
        told = _("There are several DMARC records, so receivers believe none of them. Keep one.")
        return Finding("DMARC", "bad", told, found, f"_dmarc.{at}")
    policy = _tags(found[0]).get("p", "").strip().lower()
    if policy not in ("none", "quarantine", "reject"):
        told = _("It has no valid policy (p=none, p=quarantine or p=reject).")
        return Finding("DMARC", "bad", told, found, f"_dmarc.{at}")
    if policy == "none":
        told = _("It only watches. Once SPF and DKIM are right, p=quarantine protects your name.")
        return Finding("DMARC", "ok", told, found)
    return Finding("DMARC", "ok", _("Receivers are told to put aside what only pretends to be yours."), found)


def _policies(domain: str) -> tuple[str, ...]:
    return tuple(one for one in names.txt(f"_dmarc.{domain}") if one.lower().startswith("v=dmarc1"))
