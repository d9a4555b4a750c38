"""Rules on their page: set up by admins, read by supervisors, tried, switched, taken back."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.ruling import row
from tickets import intake, lifecycle, reactions
from tickets.models import Rule, RuleRun, Ticket
from tickets.rules import keeping

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Refunds",
    "start": "event",
    "triggers": ["opened", "customer_wrote"],
    "rows": "1",
    "r0-group": "all",
    "r0-field": "words",
    "r0-was": "words",
    "r0-op": "contains",
    "r0-value": "refund, money back",
    "acts": "2",
    "a0-do": "tag_add",
    "a0-was": "tag_add",
    "a0-value": "refund",
    "a1-do": "priority",
    "a1-was": "priority",
    "a1-value": "3",
}


@pytest.fixture
def admin(client, ada) -> Client:
    client.force_login(ada)
    return client


def text(response: Any) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


class TestSettingUp:
    def test_a_rule_is_typed_and_saved_switched_off(self, admin, company):
        response = admin.post("/rules/new/", {**TYPED, "save": "1"})
        rule = Rule.objects.get()
        assert response.headers["Location"] == f"/rules/{rule.pk}/rehearsal/"
        assert (rule.name, rule.is_active, rule.triggers) == ("Refunds", False, ["opened", "customer_wrote"])
        assert rule.conditions == {"all": [row("words", "contains", "refund, money back")]}
        told = [{"do": "tag_add", "value": ["refund"]}, {"do": "priority", "value": 3}]
        assert rule.actions == told
        page = text(admin.get("/rules/"))
        assert "A ticket comes in or the customer writes again" in page
        assert "Subject or message has one of the words refund, money back" in page

    def test_what_is_shown_is_what_was_saved(self, admin, company, orders, alice):
        all_of = [
            {"do": "reply", "value": {"en": "Hello", "hu": "Jó napot"}},
            {"do": "notify", "value": ["supervisors", f"team:{orders.pk}"]},
            {"do": "assignee", "value": alice.pk},
            {"do": "team", "value": None},
            {"do": "kind", "value": ""},
            {"do": "snooze", "value": "1d"},
            {"do": "note", "value": "Look"},
            {"do": "stop", "value": True},
        ]
        given = {
            "name": "Everything",
            "clock": "quiet",
            "minutes": 180,
            "statuses": ["waiting"],
            "conditions": {
                "all": [row("team", "is", [str(orders.pk)]), row("quiet_for", "at_least", "2d")],
                "any": [
                    row("waiting", "is", False),
                    row("money", "at_least", 100),
                    row("tag", "has_any", ["x"]),
                ],
            },
            "actions": all_of,
        }
        rule = keeping.make(given, actor=None)
        fields = typed(admin.get(f"/rules/{rule.pk}/").content.decode())
        assert admin.post(f"/rules/{rule.pk}/", {**fields, "save": "1"}).status_code == 302
        after = Rule.objects.get()
        assert after.version == 1  # nothing was different
        assert (after.conditions, after.actions, after.minutes) == (given["conditions"], all_of, 180)

    def test_buttons_keep_what_was_typed(self, admin, company):
        page = admin.post("/rules/new/", {**TYPED, "act": "add:any"}).content.decode()
        assert 'value="refund, money back"' in page and "r1-field" in page
        page = admin.post("/rules/new/", {**TYPED, "act": "do:remove:0"}).content.decode()
        assert 'name="a1-do"' not in page
        changed = {**TYPED, "r0-field": "importance"}
        page = admin.post("/rules/new/", changed, headers={"HX-Target": "form#rule-form"}).content.decode()
        assert page.startswith("<form") and 'value="vip"' in page
        assert not Rule.objects.exists()

    def test_a_rule_of_time_is_begun_by_its_button(self, admin, company):
        page = admin.post("/rules/new/", {**TYPED, "start": "time", "act": "look"}).content.decode()
        given = typed(page)
        said = [given[each] for each in ("start", "clock", "count", "unit")]
        assert said == [["time"], ["status"], ["1"], ["d"]]
        assert admin.post("/rules/new/", {**given, "save": "1"}).status_code == 302
        assert (Rule.objects.get().clock, Rule.objects.get().statuses) == ("status", ["waiting"])

    def test_two_admins_at_once_do_not_overwrite_each_other_unread(self, admin, ruled):
        rule = ruled("Refunds", ["opened"], [("priority", 4)])
        mine = typed(admin.get(f"/rules/{rule.pk}/").content.decode())
        theirs = {**mine, "name": "Refunds first"}
        assert admin.post(f"/rules/{rule.pk}/", {**theirs, "save": "1"}).status_code == 302
        told = admin.post(f"/rules/{rule.pk}/", {**mine, "name": "Money", "save": "1"})
        assert told.status_code == 409 and "A colleague changed this" in text(told)
        assert Rule.objects.get().name == "Refunds first"
        again = typed(told.content.decode())
        assert admin.post(f"/rules/{rule.pk}/", {**again, "save": "1"}).status_code == 302
        assert Rule.objects.get().name == "Money"

    def test_a_rule_that_was_moved_meanwhile_says_what_it_said(self, admin, ruled):
        rule = ruled("Refunds", ["opened"], [("priority", 4)])
        ruled("Parcels", ["opened"], [("priority", 3)])
        mine = typed(admin.get(f"/rules/{rule.pk}/").content.decode())
        admin.post(f"/rules/{rule.pk}/place/", {"down": "1"})
        assert Rule.objects.in_order().last() == rule
        assert admin.post(f"/rules/{rule.pk}/", {**mine, "name": "Money", "save": "1"}).status_code == 302
        assert Rule.objects.in_order().last().name == "Money"

    def test_what_is_wrong_is_said(self, admin, company):
        response = admin.post(
            "/rules/new/", {**TYPED, "name": "", "a1-value": "", "triggers": [], "save": "1"}
        )
        assert response.status_code == 422
        said = text(response)
        assert all(
            each in said for each in ("Give it a name.", "Choose what sets it off.", "Choose a value.")
        )

    def test_each_error_stands_at_its_field(self, admin, company):
        wrong = {**TYPED, "name": "", "r0-value": "", "a1-value": "", "save": "1"}
        page = admin.post("/rules/new/", {**wrong, "act": ""}).content.decode()
        for name, why in (("name", "Give it a name."), ("r0", "Say which words."), ("a1", "Choose a value.")):
            assert re.search(rf'aria-invalid="true" aria-describedby="wrong-{name}"', page), name
            assert why in page.partition(f'id="wrong-{name}"')[2].partition("</p>")[0]
        assert "wrong-a0" not in page and "no. 2" not in page

    def test_a_wrong_text_is_marked_in_its_language(self, admin, company):
        reply = {
            "acts": "1",
            "a0-do": "reply",
            "a0-was": "reply",
            "a0-text-en": "Hello",
            "a0-text-ru": "{customer.shoe}",
        }
        page = admin.post("/rules/new/", {**TYPED, **reply, "save": "1"}).content.decode()
        marked = re.search(r'<textarea[^>]*lang="(..)" aria-invalid="true" aria-describedby="wrong-a0"', page)
        assert marked and marked[1] == "ru" and "{customer.shoe}" in page.partition('id="wrong-a0"')[2]

    def test_a_wrong_time_is_marked_where_it_is(self, admin, company):
        timed = {"start": "time", "clock": "status", "unit": "h", "save": "1"}
        for field, typed_in in (
            ("minutes", {"count": "0", "statuses": "waiting"}),
            ("statuses", {"count": "2"}),
        ):
            page = admin.post("/rules/new/", {**TYPED, **timed, **typed_in}).content.decode()
            assert f'aria-describedby="wrong-{field}"' in page and f'id="wrong-{field}"' in page


class TestOthers:
    def test_supervisors_read_and_agents_do_not(self, client, sam, alice, ruled):
        rule = ruled("Loud", ["opened"], [("priority", 4)])
        client.force_login(sam)
        assert "Loud" in text(client.get("/rules/"))
        assert "Admins set rules up." in text(client.get(f"/rules/{rule.pk}/"))
        assert client.get(f"/rules/{rule.pk}/rehearsal/").status_code == 200
        for address in ("new/", f"{rule.pk}/switch/", f"{rule.pk}/removal/", f"{rule.pk}/"):
            assert client.post(f"/rules/{address}", TYPED).status_code == 403
        client.force_login(alice)
        for address in ("", f"{rule.pk}/", f"{rule.pk}/rehearsal/"):
            assert client.get(f"/rules/{address}").status_code == 403

    def test_switching_ordering_and_versions(self, admin, ruled, ticket, alice):
        timed = {"clock": "status", "minutes": 60, "statuses": ["waiting"]}
        ruled("First", ["opened"], [("priority", 4)])
        rule = ruled("Second", timed, [("status", "resolved")], on=False)
        lifecycle.set_status(ticket, "waiting", actor=alice)
        ticket.events.filter(kind="status_changed").update(at="2020-01-01T00:00Z")
        assert "On 1 ticket its time has passed already." in text(admin.get(f"/rules/{rule.pk}/switch/"))
        admin.post(f"/rules/{rule.pk}/switch/", {"overdue_too": "1"})
        rule.refresh_from_db()
        assert rule.is_active and rule.overdue_too
        admin.post(f"/rules/{rule.pk}/place/", {"up": "1"})
        assert list(Rule.objects.in_order().values_list("name", flat=True)) == ["Second", "First"]
        admin.post(f"/rules/{rule.pk}/versions/1/")
        admin.post(f"/rules/{rule.pk}/switch/")
        rule.refresh_from_db()
        assert (rule.version, rule.is_active, rule.overdue_too) == (4, False, False)
        admin.post(f"/rules/{rule.pk}/removal/")
        assert Rule.objects.count() == 1

    def test_the_starter_set(self, admin, company):
        admin.post("/rules/starter-set/")
        count = Rule.objects.count()
        assert count >= 6 and not Rule.objects.active().exists()
        admin.post("/rules/starter-set/")
        assert Rule.objects.count() == count
        assert "A few useful rules come with the desk" not in text(admin.get("/rules/"))


class TestWhatItDid:
    def test_it_is_in_the_history_and_taken_back_from_there(self, client, ruled, written, alice):
        ruled("Loud", ["opened"], [("priority", 4), ("note", "Look")])
        ticket = intake.receive(written()).ticket
        reactions.drain()
        client.force_login(alice)
        run = RuleRun.objects.get()
        address = f"/rule-runs/{run.key}/"
        assert address in client.get(f"/tickets/{ticket.number}/history/").content.decode()
        page = text(client.get(address))
        assert "Normal → Urgent" in page.replace("  ", " ") and "stays" in page
        assert client.post(address).status_code == 302
        assert Ticket.objects.get(pk=ticket.pk).priority == 2
        assert "Taken back by Alice Hartmann" in text(client.get(address))

    def test_who_does_not_see_the_ticket_sees_no_run(self, client, ruled, written, mallory):
        ruled("Loud", ["opened"], [("priority", 4)])
        intake.receive(written())
        reactions.drain()
        client.force_login(mallory)
        address = f"/rule-runs/{RuleRun.objects.get().key}/"
        assert client.get(address).status_code == client.post(address).status_code == 404


def typed(page: str) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    form = page[page.index('id="rule-form"') : page.index("</form>", page.index('id="rule-form"'))]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checked" in tag or not re.search(r'type="(?:checkbox|radio)"', tag)):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = [chosen[1] if chosen else ""]
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [inside]
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}
