"""Who works at a made-up desk, and through which mailboxes it is written to."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from channels_app.models import Channel
from helpdesk.accounts.models import Company, Membership, Team, User

TEAMS = {
    "Orders": ("en", "orders@desk.example"),
    "Returns": ("en", "returns@desk.example"),
    "Русский": ("ru", "pomosh@desk.example"),
    "Magyar": ("hu", "segitseg@desk.example"),
}
AGENTS_A_TEAM = 8
PASSWORD = "a desk for measuring"  # noqa: S105  (printed by the command; the desk is a toy)


@dataclass(frozen=True)
class Staff:
    agents: dict[int, tuple[int, ...]]
    """Ids of the agents by team."""
    channels: dict[str, tuple[tuple[int, str, int], ...]]
    """Id, address and team of the mailboxes by language."""


def hire() -> Staff:
    """The company, its teams with eight agents each, a mailbox for each team, and admin@desk.example."""
    Company(pk=1, name="Measured", is_demo=True).save()
    password = make_password(PASSWORD)
    User.objects.create(email="admin@desk.example", name="Admin", role=User.Role.ADMIN, password=password)
    agents: dict[int, tuple[int, ...]] = {}
    channels: dict[str, tuple[tuple[int, str, int], ...]] = {}
    for position, (name, (language, address)) in enumerate(TEAMS.items()):
        team = Team.objects.create(name=name, position=position)
        agents[team.pk] = tuple(_agent(team, number, language, password) for number in range(AGENTS_A_TEAM))
        mailbox = Channel.objects.create(
            kind=Channel.Kind.EMAIL, name=name, address=address, team=team, language=language
        )
        channels[language] = (*channels.get(language, ()), (mailbox.pk, address, team.pk))
    return Staff(agents=agents, channels=channels)


def _agent(team: Team, number: int, language: str, password: str) -> int:
    """The first of a team supervises it."""
    user = User.objects.create(
        email=f"agent{team.position}{number}@desk.example",
        name=f"Agent {team.position}{number}",
        role=User.Role.AGENT if number else User.Role.SUPERVISOR,
        language=language,
        password=password,
    )
    Membership.objects.create(team=team, user=user)
    return user.pk
