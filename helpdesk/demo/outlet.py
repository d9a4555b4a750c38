"""The demo's second brand: used furniture under another name, with a help centre of its own."""

from datetime import datetime, timedelta
from typing import NamedTuple

from channels_app import inbound
from channels_app.models import Channel, InboundRecord
from helpdesk.demo import letters, library, post, shop
from knowledge import centres
from knowledge.models import Article, Category, CentreChannel, Domain, HelpCentre

NAME = "Second Life Furniture"
HOST = "outlet.localhost"
"""Browsers find it on this machine without being told."""
STEM = "outlet-"
WELCOME = {
    "en": "Good furniture, once more. What would you like to know?",
    "ru": "Хорошая мебель, ещё раз. Что вы хотели бы узнать?",
    "hu": "Jó bútor, még egyszer. Mire kíváncsi?",
}
HOURS = {
    "en": "Thursday to Saturday from 10 to 18, +44 20 7946 0155",
    "ru": "С четверга по субботу с 10 до 18, +44 20 7946 0155",
    "hu": "Csütörtöktől szombatig 10 és 18 óra között, +44 20 7946 0155",
}
OF_THE_SHOP = ("care", "account")
"""What only new furniture and the shop's own accounts have."""


class Letter(NamedTuple):
    name: str
    address: str
    subject: str
    text: str
    hours: int


WRITTEN = (
    Letter(
        "Phoebe Lindgren",
        "phoebe.lindgren@mail.example",
        "Is the oak chair still there?",
        "Hello,\n\nthe oak chair of grade B with the lighter seat was in my basket this morning and is gone "
        "now. Is it sold, or does it come back?\n\nPhoebe",
        2,
    ),
    Letter(
        "Somogyi Réka",
        "somogyi.reka@mail.example",
        "Átvétel szombaton",
        "Jó napot kívánok!\n\nSzombaton 17 óra körül érnék oda a komódért. Segít valaki kivinni az autóhoz?"
        "\n\nKöszönettel:\nSomogyi Réka",
        5,
    ),
    Letter(
        "Артём Лаптев",
        "artem.laptev@mail.example",
        "Ящик комода не закрывается",
        "Здравствуйте!\n\nНижний ящик комода категории C перестал закрываться через неделю. Распространяется "
        "ли на него гарантия?\n\nАртём",
        21,
    ),
)


def open_up(staff: shop.Staff) -> None:
    """Its name, domain, mailbox and articles; some of the shop's categories are the shop's alone."""
    first = HelpCentre.objects.get(pk=1)
    made = HelpCentre.objects.create(
        pk=2, name=NAME, slug="outlet", position=1, colour="#7a3b69", welcome=WELCOME, hours=HOURS
    )
    Domain.objects.create(centre=made, name=HOST, is_live=True)
    domain = shop.facts()["domain"]
    mailbox = Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        name="Second Life",
        address=f"secondlife@{domain}",
        team=staff.teams["orders"],
        language="en",
        config={**post.config(), "from_name": NAME},
    )
    CentreChannel.objects.create(centre=made, channel=mailbox)
    centres.forget()
    library.publish(STEM, actor=staff.colleagues["sam"], centre=made)
    for shelf in Category.objects.filter(slug__in=OF_THE_SHOP):
        shelf.everywhere = False
        shelf.save(update_fields=["everywhere"])
        shelf.centres.set([first])
    own = Category.objects.filter(articles__in=Article.objects.filter(centres=made)).distinct()
    for shelf in own:
        shelf.everywhere = False
        shelf.save(update_fields=["everywhere"])
        shelf.centres.set([made])


def write_in(now: datetime) -> None:
    """What its customers wrote to it today and yesterday, and looked for in vain."""
    mailbox = Channel.objects.get(name="Second Life")
    for number, one in enumerate(WRITTEN):
        at = now - timedelta(hours=one.hours)
        raw = letters.mail(
            sender=(one.name, one.address),
            to=mailbox.address,
            subject=one.subject,
            message_id=f"secondlife{number}@mail.example",
            at=at,
            text=one.text,
        )
        record = inbound.journal(mailbox, f"demo:outlet:{number}", raw)
        if record:
            InboundRecord.objects.filter(pk=record.pk).update(received_at=at, arrived_at=at)
    inbound.drain()
    library.search_at(next(each for each in centres.every() if each.slug == "outlet"), now)
