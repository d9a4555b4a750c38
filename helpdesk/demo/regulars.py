"""The customers whom the shop knows well: important ones, one with two addresses, one nobody wants."""

import random
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from channels_app.messages import Sender
from helpdesk.accounts.models import User
from helpdesk.demo.shop import Staff
from tickets import customers, directory, fields
from tickets.customers import blocking, domains, uniting
from tickets.models import Customer, CustomField, Organisation, Ticket

COUNTRIES = {"en": "GB", "ru": "RU", "hu": "HU"}
ZONES = {"en": "Europe/London", "ru": "Europe/Moscow", "hu": "Europe/Budapest"}
CARDS, CARRIERS, DAMAGE = ("birch", "oak"), ("parcelway", "own_van", "pickup"), ("goods", "box", "papers")


def know(staff: Staff) -> None:
    """Define the shop's fields, and write down what the shop knows of its customers and tickets."""
    told = tomllib.loads(Path(__file__).with_name("regulars.toml").read_text())
    CustomField.objects.bulk_create(
        CustomField(position=position, **field) for position, field in enumerate(told["fields"])
    )
    rng, ada = random.Random(11), staff.colleagues["ada"]
    for language, note in told["notes"].items():
        _regulars(language, note, rng, ada)
    for organisation in Organisation.objects.order_by("pk")[:6]:
        until = timezone.localdate() + timedelta(days=rng.randint(40, 500))
        custom = {"contract_until": until.isoformat(), "discount": rng.choice([5, 7.5, 10])}
        directory.change_organisation(organisation, {"custom": custom}, actor=ada)
    _tickets(rng)


def tell_apart(staff: Staff) -> None:
    """Once their mail has come: two customers are one, and who sends only spam is blocked, as is a domain."""
    sam = staff.colleagues["sam"]
    regular = Customer.objects.filter(importance=Customer.Importance.VIP).order_by("pk").first()
    if regular is not None:
        other = customers.resolve(
            Sender(identity_kind="email", identity="private.mail@home.example", name=regular.name)
        )
        directory.add_identity(other, "phone", "+44 20 7946 0123", actor=sam)
        uniting.unite(other, regular, actor=sam)
    pest = Customer.objects.filter(tickets__folder=Ticket.Folder.SPAM).order_by("pk").first()
    if pest is not None:
        blocking.block(pest, actor=sam)
    domains.block("lucky-winner.example", actor=sam)


def _regulars(language: str, note: str, rng: random.Random, ada: User) -> None:
    """The first of a language is a VIP, some are important; of many the country and the card are known."""
    found = Customer.objects.living().filter(language=language, tickets__isnull=False).distinct()
    for number, customer in enumerate(found.order_by("pk")[:30]):
        given: dict[str, Any] = {"country": COUNTRIES[language], "time_zone": ZONES[language]}
        given["custom"] = {"customer_number": rng.randint(10_000, 99_999)}
        if number % 3 == 0:
            given["custom"]["loyalty"] = CARDS[number % 2]
            given["custom"]["shop_account"] = f"https://tallowpine.example/accounts/{customer.pk}"
        if number == 0:
            given |= {"importance": Customer.Importance.VIP, "notes": note}
        elif number % 7 == 1:
            given["importance"] = Customer.Importance.IMPORTANT
        directory.change_customer(customer, given, actor=ada)


def _tickets(rng: random.Random) -> None:
    """Orders and carriers of many tickets, as the shop has told them; of complaints what is damaged."""
    for ticket in Ticket.objects.filter(folder=Ticket.Folder.DESK).order_by("-pk")[:60]:
        custom: dict[str, Any] = {"order_number": f"TP-{rng.randint(26_000, 29_999)}"}
        if rng.random() < 0.6:
            custom["carrier"] = rng.choice(CARRIERS)
        if ticket.kind == Ticket.Kind.COMPLAINT:
            custom |= {"damage": rng.sample(DAMAGE, 2), "photos_seen": rng.random() < 0.5}
        kept = fields.changed(CustomField.Of.TICKET, ticket.custom, custom)
        Ticket.objects.filter(pk=ticket.pk).update(custom=kept)
