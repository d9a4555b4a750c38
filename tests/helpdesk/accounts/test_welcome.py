import pytest

from helpdesk.accounts import first_run, setup
from helpdesk.accounts.models import Company, User

pytestmark = pytest.mark.django_db


def answers(**fields) -> dict[str, str]:
    return {
        "token": first_run.token(),
        "admin-name": "Ada Lindqvist",
        "admin-email": "Ada@desk.example",
        "admin-password": "correct horse battery",
        "company-name": "Tallow & Pine",
        "company-language": "hu",
        "company-time_zone": "Europe/Budapest",
        **fields,
    }


def test_an_empty_desk_is_set_up_and_its_admin_signed_in(client):
    assert client.get(f"/welcome/?token={first_run.token()}").status_code == 200
    assert client.post("/welcome/", answers()).url == "/welcome/mailbox/"
    ada = User.objects.get()
    assert (ada.email, ada.role, ada.language, ada.is_superuser) == ("ada@desk.example", "admin", "hu", True)
    assert Company.load().name == "Tallow & Pine"
    assert client.get("/welcome/mailbox/").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", "ключ"])
def test_without_the_key_there_is_no_such_page(token, client):
    assert client.get("/welcome/", {"token": token}).status_code == 404
    assert client.post("/welcome/", answers(token=token)).status_code == 404
    assert not User.objects.exists()


def test_a_desk_is_set_up_once(client, alice):
    assert client.get(f"/welcome/?token={first_run.token()}").url == "/sign-in/"
    assert client.post("/welcome/", answers()).url == "/sign-in/"
    assert User.objects.get() == alice
    with pytest.raises(setup.AlreadySetUp):
        setup.set_up(Company(name="x"), name="x", email="x@desk.example", password="x")


@pytest.mark.parametrize(
    "wrong",
    [
        {"admin-password": "short"},
        {"admin-password": "password123"},
        {"admin-email": "x"},
        {"company-name": ""},
    ],
    ids=str,
)
def test_what_is_wrong_stands_at_its_field(wrong, client):
    response = client.post("/welcome/", answers(**wrong))
    assert response.status_code == 422
    assert b'aria-invalid="true"' in response.content
    assert b"correct horse" not in response.content
    assert not User.objects.exists()
