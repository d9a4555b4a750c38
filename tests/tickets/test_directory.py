"""The customers' book: who is written down, what of it is told, and what is refused."""

import pytest

from channels_app.messages import Sender
from helpdesk import versions
from tickets import customers, directory, intake
from tickets.models import Customer, Event, Identity, Organisation

pytestmark = pytest.mark.django_db


def told(kind: Event.Kind) -> list[dict]:
    return list(Event.objects.filter(kind=kind).order_by("id").values_list("data", flat=True))


@pytest.fixture
def dora(alice) -> Customer:
    numbers = [("email", "Dora@Mail.example"), ("phone", "+36 (1) 234-5678")]
    return directory.add_customer({"name": "Dora Kiss", "language": "hu"}, numbers, actor=alice)


@pytest.fixture
def lakeside(alice) -> Organisation:
    return directory.add_organisation({"name": "Lakeside", "domains": ["lakeside.example"]}, actor=alice)


class TestCustomers:
    def test_one_is_written_down_and_known_when_she_writes(self, dora, written, alice):
        assert set(dora.identities.values_list("kind", "value")) == {
            ("email", "dora@mail.example"),
            ("phone", "+3612345678"),
        }
        assert told(Event.Kind.CUSTOMER_MADE) == [{"customer": dora.pk}]
        sender = Sender(identity_kind="email", identity="dora@mail.example", name="D. K.")
        assert intake.receive(written(sender=sender)).customer == dora
        dora.refresh_from_db()
        assert dora.name == "Dora Kiss", "what a colleague wrote down stays"

    def test_a_taken_address_leaves_no_half_of_a_customer(self, carol, alice):
        given = [("email", "new@mail.example"), ("email", " CAROL@mail.example")]
        with pytest.raises(directory.Taken) as refused:
            directory.add_customer({"name": "Second Carol"}, given, actor=alice)
        assert refused.value.owner == carol
        assert Customer.objects.get() == carol
        assert not Identity.objects.filter(value="new@mail.example").exists()
        assert not told(Event.Kind.CUSTOMER_MADE)

    def test_a_change_tells_what_it_changed_and_not_to_what(self, dora, alice):
        given = {"name": "Dóra Kiss", "language": "hu", "notes": "Rings back after six."}
        changed = directory.change_customer(dora, given, actor=alice)
        assert (changed.name, changed.notes) == ("Dóra Kiss", "Rings back after six.")
        assert told(Event.Kind.CUSTOMER_CHANGED) == [{"customer": dora.pk, "fields": ["name", "notes"]}]

    def test_the_same_again_is_not_told(self, dora, alice):
        directory.change_customer(dora, {"name": "Dora Kiss"}, actor=alice)
        assert not told(Event.Kind.CUSTOMER_CHANGED)

    def test_who_has_read_an_older_version_changes_nothing(self, dora, alice, bob):
        read = versions.of(dora)
        directory.change_customer(dora, {"notes": "Moved to Győr"}, actor=alice, expected=read)
        with pytest.raises(versions.Stale):
            directory.change_customer(dora, {"notes": "Lives in Pest"}, actor=bob, expected=read)
        dora.refresh_from_db()
        assert dora.notes == "Moved to Győr"


class TestIdentities:
    def test_another_address_leads_to_the_same_customer(self, dora, alice):
        made = directory.add_identity(dora, "email", "Dora@Work.example", actor=alice)
        assert customers.find("email", "dora@work.example") == dora
        assert directory.add_identity(dora, "email", "dora@work.example ", actor=alice) == made
        assert told(Event.Kind.CUSTOMER_CHANGED) == [{"customer": dora.pk, "fields": ["identities"]}]

    def test_somebody_elses_stays_theirs(self, dora, carol, alice):
        with pytest.raises(directory.Taken):
            directory.add_identity(dora, "email", "carol@mail.example", actor=alice)
        assert customers.find("email", "carol@mail.example") == carol

    def test_what_was_parted_is_somebody_new_next_time(self, dora, alice):
        phone = dora.identities.get(kind="phone")
        directory.remove_identity(phone, actor=alice)
        met = customers.resolve(Sender(identity_kind="phone", identity="+3612345678"))
        assert met != dora

    def test_the_last_one_stays(self, carol, alice):
        with pytest.raises(directory.LastIdentity):
            directory.remove_identity(carol.identities.get(), actor=alice)
        assert carol.identities.count() == 1
        assert not told(Event.Kind.CUSTOMER_CHANGED)


class TestOrganisations:
    def test_a_name_is_given_once(self, lakeside, alice):
        with pytest.raises(directory.NameTaken):
            directory.add_organisation({"name": "Lakeside"}, actor=alice)
        other = directory.add_organisation({"name": "Hillside"}, actor=alice)
        with pytest.raises(directory.NameTaken):
            directory.change_organisation(other, {"name": "Lakeside"}, actor=alice)
        assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Hillside", "Lakeside"]

    def test_its_own_name_is_no_obstacle(self, lakeside, alice):
        changed = directory.change_organisation(
            lakeside, {"name": "Lakeside", "notes": "Pays late"}, actor=alice
        )
        assert (changed.name, changed.notes) == ("Lakeside", "Pays late")

    def test_a_stale_change_is_refused(self, lakeside, alice):
        read = versions.of(lakeside)
        directory.change_organisation(lakeside, {"notes": "Pays late"}, actor=alice, expected=read)
        with pytest.raises(versions.Stale):
            directory.change_organisation(lakeside, {"notes": "Pays early"}, actor=alice, expected=read)
        lakeside.refresh_from_db()
        assert lakeside.notes == "Pays late"

    def test_whoever_writes_from_its_domain_belongs_to_it_from_then_on(self, lakeside, written):
        sender = Sender(identity_kind="email", identity="ann@lakeside.example", name="Ann")
        assert intake.receive(written(sender=sender)).customer.organisation == lakeside
