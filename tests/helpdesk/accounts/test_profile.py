import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


def profile(**fields) -> dict[str, str]:
    return {
        "name": "Alice H.",
        "language": "hu",
        "time_zone": "Europe/Budapest",
        "theme": "dark",
        "signature": "Kind regards",
        "undo_seconds": "20",
        **fields,
    }


def test_a_colleague_changes_what_is_theirs(desk, alice):
    assert desk.post("/profile/", profile()).url == "/profile/"
    alice.refresh_from_db()
    assert (alice.name, alice.language, alice.time_zone, alice.theme) == (
        "Alice H.",
        "hu",
        "Europe/Budapest",
        "dark",
    )
    assert 'lang="hu" data-theme="dark"' in desk.get("/profile/").content.decode()


def test_nobody_makes_themselves_an_admin(desk, alice):
    desk.post("/profile/", profile(role="admin", email="root@desk.example", is_superuser="on"))
    alice.refresh_from_db()
    assert (alice.role, alice.email, alice.is_superuser) == ("agent", "alice@desk.example", False)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "xx"}, {"time_zone": "Mars/Base"}], ids=str)
def test_what_makes_no_sense_is_told_and_not_kept(wrong, desk, alice):
    assert desk.post("/profile/", profile(**wrong)).status_code == 422
    alice.refresh_from_db()
    assert alice.name == "Alice Hartmann"


@pytest.mark.parametrize(("field", "value"), [("theme", "dark"), ("theme", ""), ("language", "ru")])
def test_the_quick_switches_come_back_to_the_page(field, value, desk, alice):
    response = desk.post("/profile/look/", {field: value, "next": "/tickets/?view=mine"})
    assert response.url == "/tickets/?view=mine"
    alice.refresh_from_db()
    assert getattr(alice, field) == value


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_quick_switches_lead_nowhere_else(elsewhere, desk):
    assert desk.post("/profile/look/", {"theme": "dark", "next": elsewhere}).url == "/"
