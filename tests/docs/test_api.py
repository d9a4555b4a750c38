"""The examples of docs/developers/api.md do what the page says, against a running desk."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from channels_app.messages import Sender, reply_token
from channels_app.webhooks.models import Webhook
from tickets import intake
from tickets.models import Customer, Doubt, Message, Rule, SlaPolicy, Ticket

PAGE = Path(__file__).resolve().parents[2] / "docs" / "developers" / "api.md"
WEBHOOKS = PAGE.with_name("webhooks.md")
EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


def examples(language: str, page: Path = PAGE) -> str:
    """All examples in this language, as one program."""
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE))


def run(program: list[str], desk: str, token: str) -> str:
    given = {**os.environ, "DESK": desk, "TOKEN": token}
    done = subprocess.run(program, env=given, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def token(program, ada) -> str:
    return program(ada).headers["Authorization"].removeprefix("Bearer ")


@pytest.fixture
def doubt(written, ticket) -> Doubt:
    return intake.receive(written(sender=EVE, token=reply_token(ticket.pk))).doubt


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_examples_in_python(live_server, token, ticket, mailbox, doubt):
    said = run([sys.executable, "-c", examples("python")], live_server.url, token)
    assert "would have run 1 times" in said and "[2, 1]" in said
    assert Rule.objects.get().is_active and SlaPolicy.objects.get().first_reply == 45
    assert "206 b'Lamp'" in said and "200 412 stale" in said and "parameters [{'parameter': 'status'" in said
    opened = Ticket.objects.get(subject="Broken lamp")
    assert (opened.status, opened.kind, opened.priority, opened.tags) == (
        "resolved",
        "complaint",
        3,
        ["lamp"],
    )
    assert [message.direction for message in opened.messages.in_order()] == ["in", "out", "note"]
    assert Ticket.objects.get(subject="Your new lamp").status == "waiting"
    dave = Customer.objects.get(name="Dave Ito")
    assert (dave.language, dave.identities.count()) == ("hu", 2)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.ticket.merged_into) == ("apart", None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_examples_for_the_shell(live_server, token, ticket, mailbox, doubt):
    run(["bash", "-euo", "pipefail", "-c", examples("bash")], live_server.url, token)
    assert Rule.objects.get().is_active
    opened = Ticket.objects.get(subject="Broken lamp")
    assert (opened.status, opened.kind, opened.tags) == ("resolved", "complaint", ["carrier", "lamp"])
    reply = Message.objects.get(direction="out")
    assert (reply.ticket, reply.attachments.get().size) == (opened, 14)
    assert Message.objects.get(direction="note").ticket == opened
    doubt.ticket.refresh_from_db()
    assert doubt.ticket.merged_into == ticket


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_webhooks_are_set_up_as_their_page_says(live_server, program, ada):
    token = program(ada).headers["Authorization"].removeprefix("Bearer ")
    run(["bash", "-euo", "pipefail", "-c", examples("bash", WEBHOOKS)], live_server.url, token)
    assert Webhook.objects.get().narrow == {"kind": "complaint"}
    said = run([sys.executable, "-c", examples("python", WEBHOOKS)], live_server.url, token)
    assert said.startswith("whsec_") and "webhook.test" in said
    assert [webhook.name for webhook in Webhook.objects.all()] == ["CRM"]


def test_each_main_act_is_shown_in_both():
    chapters = re.split(r"^## ", PAGE.read_text(), flags=re.MULTILINE)[1:9]
    assert len(chapters) == 8
    assert all("```bash" in chapter and "```python" in chapter for chapter in chapters)
