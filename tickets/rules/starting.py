"""Rules that a desk may begin with, in three languages; all switched off until an admin has tried them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tickets.models import Rule
from tickets.rules import keeping

REMINDER = {
    "en": "{customer.greeting}\n\nwe wrote to you about “{ticket.subject}” and have not heard from you "
    "since. Do you still need our help? A short answer to this message is enough.\n\n{company.name}",
    "ru": "{customer.greeting}\n\nмы писали вам по обращению «{ticket.subject}» и пока не получили ответа. "
    "Нужна ли ещё наша помощь? Достаточно короткого ответа на это письмо.\n\n{company.name}",
    "hu": "{customer.greeting}\n\nírtunk Önnek erről: „{ticket.subject}”, de azóta nem kaptunk választ. "
    "Szüksége van még a segítségünkre? Elég, ha röviden válaszol erre a levélre.\n\n{company.name}",
}
REFUND = (
    "refund*, money back, reimburse*, вернуть деньги, возврат, возмещение, "
    "visszatérítés, visszafizet*, pénzvissza*"
)
LEGAL = (
    "lawyer, chargeback*, court, consumer protection, юрист, адвокат, суд, роспотребнадзор, "
    "ügyvéd, bíróság, fogyasztóvédelem"
)


def _row(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def _do(name: str, value: Any) -> dict[str, Any]:
    return {"do": name, "value": value}


SHIPPED: dict[str, tuple[Mapping[str, str], dict[str, Any]]] = {
    "vip_complaint": (
        {
            "en": "A VIP complains: urgent, tell the supervisors",
            "ru": "Жалоба VIP-клиента: срочно, сообщить супервизорам",
            "hu": "VIP ügyfél panasza: sürgős, szóljon a felügyelőknek",
        },
        {
            "triggers": ["opened", "kind_changed"],
            "conditions": {"all": [_row("kind", "is", ["complaint"]), _row("importance", "is", ["vip"])]},
            "actions": [_do("priority", 4), _do("tag_add", ["vip"]), _do("notify", ["supervisors"])],
        },
    ),
    "legal": (
        {
            "en": "Lawyers, courts, chargebacks: urgent",
            "ru": "Юристы, суды, чарджбэк: срочно",
            "hu": "Ügyvéd, bíróság, visszaterhelés: sürgős",
        },
        {
            "triggers": ["opened", "customer_wrote"],
            "conditions": {"all": [_row("words", "contains", LEGAL)]},
            "actions": [_do("priority", 4), _do("tag_add", ["legal"]), _do("notify", ["supervisors"])],
        },
    ),
    "refund": (
        {"en": "Refunds get a tag", "ru": "Метка для возвратов денег", "hu": "Címke a visszatérítéseknek"},
        {
            "triggers": ["opened", "customer_wrote"],
            "conditions": {"all": [_row("words", "contains", REFUND)]},
            "actions": [_do("tag_add", ["refund"])],
        },
    ),
    "reminder": (
        {
            "en": "Waiting for the customer for a week: a friendly reminder",
            "ru": "Неделю ждём клиента: дружеское напоминание",
            "hu": "Egy hete várunk az ügyfélre: barátságos emlékeztető",
        },
        {
            "clock": "status",
            "minutes": 7 * 1440,
            "statuses": ["waiting"],
            "at_work": True,
            "conditions": {"all": [_row("internal", "is", False)]},
            "actions": [_do("reply", REMINDER), _do("tag_add", ["reminded"])],
        },
    ),
    "resolve": (
        {
            "en": "Waiting for the customer for two weeks: resolved",
            "ru": "Две недели ждём клиента: решено",
            "hu": "Két hete várunk az ügyfélre: megoldott",
        },
        {
            "clock": "status",
            "minutes": 14 * 1440,
            "statuses": ["waiting"],
            "conditions": {"all": [_row("internal", "is", False), _row("promised", "is", False)]},
            "actions": [_do("status", "resolved"), _do("tag_add", ["no answer"])],
        },
    ),
    "thanks": (
        {
            "en": "A short “thank you” does not reopen a ticket",
            "ru": "Короткое «спасибо» не открывает обращение заново",
            "hu": "Egy rövid „köszönöm” nem nyitja meg újra a jegyet",
        },
        {
            "triggers": ["status_changed"],
            "conditions": {
                "all": [
                    _row("former_status", "is", ["resolved"]),
                    _row("status", "is", ["open"]),
                    _row("length", "at_most", 60),
                    _row("words", "contains", "thank*, thanks, спасибо, благодарю, köszönöm, köszi"),
                ]
            },
            "actions": [_do("status", "resolved"), _do("tag_add", ["thanks"])],
        },
    ),
    "promise": (
        {
            "en": "Two hours before a promise falls due: high priority",
            "ru": "За два часа до срока обещания: высокий приоритет",
            "hu": "Két órával egy ígéret határideje előtt: magas fontosság",
        },
        {
            "clock": "promise",
            "minutes": 120,
            "statuses": ["new", "open", "waiting", "on_hold"],
            "conditions": {"all": [_row("priority", "is", ["low", "normal"])]},
            "actions": [_do("priority", 3), _do("notify", ["assignee"])],
        },
    ),
}


def missing() -> int:
    """How many of them are not there."""
    return len(SHIPPED.keys() - set(Rule.objects.exclude(origin="").values_list("origin", flat=True)))


@transaction.atomic
def load(language: str = "en") -> int:
    """Make those that are not there, switched off, named in this language; how many. Safe to call twice."""
    there = set(Rule.objects.exclude(origin="").values_list("origin", flat=True))
    names = set(Rule.objects.values_list("name", flat=True))
    made = 0
    for origin, (titles, body) in SHIPPED.items():
        name = titles.get(language[:2]) or titles["en"]
        if origin not in there and name not in names:
            keeping.make({"name": name, **body}, actor=None, origin=origin)
            made += 1
    return made
