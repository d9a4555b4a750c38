"""The shop of the demo: what it sells, and the company, teams, colleagues and mailboxes of its desk."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from channels_app.models import Channel
from helpdesk.accounts.models import Company, Membership, Team, User
from helpdesk.demo import post
from tickets.models import Organisation

PASSWORD = "tallow and pine"  # noqa: S105  (printed for everybody to use)


@dataclass(frozen=True)
class Staff:
    teams: dict[str, Team]
    colleagues: dict[str, User]
    mailboxes: dict[str, Channel]

    def agents(self, team: str) -> list[User]:
        """Who answers in this team, the supervisor not among them."""
        found = facts()["colleagues"]
        names = [name for name, one in found.items() if team in one["teams"] and one["role"] == "agent"]
        return [self.colleagues[name] for name in names]


@cache
def facts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("shop.toml").read_text())


@transaction.atomic
def open_shop() -> Staff:
    """Write the company, its teams, colleagues, mailboxes and known organisations into a vacant desk."""
    found = facts()
    Company(pk=1, name=found["company"], time_zone=found["time_zone"], is_demo=True).save()
    teams = {
        key: Team.objects.create(name=team["name"], icon=team["icon"], position=position)
        for position, (key, team) in enumerate(found["teams"].items())
    }
    Organisation.objects.bulk_create(
        Organisation(name=name, domains=[domain]) for domain, name in found["organisations"].items()
    )
    return Staff(teams, _hire(teams), {key: _mailbox(key, team) for key, team in teams.items()})


def given_name(user: User) -> str:
    """What a colleague signs with: the family name comes first in Hungarian."""
    words = user.name.split()
    return words[-1] if user.language == "hu" else words[0]


def _hire(teams: dict[str, Team]) -> dict[str, User]:
    found, password = facts(), make_password(PASSWORD)
    colleagues = {}
    for key, one in found["colleagues"].items():
        colleagues[key] = User.objects.create(
            email=f"{key}@{found['domain']}",
            name=one["name"],
            role=one["role"],
            language=one["language"],
            time_zone=found["time_zone"],
            signature=found["signatures"][one["language"]],
            password=password,
        )
        Membership.objects.bulk_create(
            Membership(team=teams[team], user=colleagues[key]) for team in one["teams"]
        )
    return colleagues


def _mailbox(key: str, team: Team) -> Channel:
    """It receives through the desk's SMTP listener and sends to the demo's own post."""
    found = facts()
    name, *addresses = found["teams"][key]["mailbox"]
    address, *aliases = [f"{local}@{found['domain']}" for local in addresses]
    return Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        name=name,
        address=address,
        aliases=aliases,
        team=team,
        language=found["teams"][key]["language"],
        config={**post.config(), "from_name": found["company"]},
    )


def confirm_from_now_on() -> None:
    """Who writes to the shop gets a receipt, and is asked how it went; the mail of its past got none."""
    for mailbox in Channel.objects.filter(kind=Channel.Kind.EMAIL):
        mailbox.config |= {"acknowledge": True, "invite_to_rate": True}
        mailbox.save(update_fields=["config"])
