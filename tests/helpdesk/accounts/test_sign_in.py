import re

import pytest
from django.core import mail
from django.test import Client

from helpdesk.accounts.models import User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = PASSWORD, email: str = "Alice@desk.example"):
    return client.post("/sign-in/?next=/deliveries/", {"login": email, "password": password})


def test_a_colleague_signs_in_and_goes_on_where_they_wanted(client, alice):
    assert client.get("/deliveries/").url == "/sign-in/?next=/deliveries/"
    assert sign_in(client).url == "/deliveries/"
    assert client.get("/deliveries/").status_code == 200


@pytest.mark.parametrize(
    ("password", "email"), [("wrong", "alice@desk.example"), (PASSWORD, "no@desk.example")]
)
def test_a_wrong_password_and_a_wrong_name_are_told_alike(password, email, client, alice):
    response = sign_in(client, password, email)
    assert response.status_code == 200
    assert b'data-tone="danger"' in response.content
    assert not client.session.get("_auth_user_id")


def test_somebody_who_was_switched_off_stays_outside(client, alice):
    client.force_login(alice)
    User.objects.update(is_active=False)
    assert client.get("/tickets/").status_code == 302
    sign_in(client)
    assert client.get("/tickets/").status_code == 302


def test_signing_out_takes_a_click(client, alice):
    client.force_login(alice)
    assert b"Sign out?" in client.get("/sign-out/").content
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/tickets/").status_code == 302


def test_nobody_signs_up(client):
    page = client.post("/sign-in/closed/", {"email": "me@desk.example", "password1": PASSWORD})
    assert b"Colleagues are added by an admin" in page.content
    assert not User.objects.exists()


def test_a_forgotten_password_is_replaced_by_mail(client, alice):
    assert client.post("/sign-in/password/", {"email": alice.email}).url == "/sign-in/password/sent/"
    (letter,) = mail.outbox
    link = re.search(r"/sign-in/password/\S+", letter.body)
    page = client.get(link[0], follow=True)
    client.post(
        page.request["PATH_INFO"], {"password1": "an even better one", "password2": "an even better one"}
    )
    alice.refresh_from_db()
    assert alice.check_password("an even better one")
    assert b"This link is used up" in client.get(link[0], follow=True).content


def test_an_unknown_address_is_not_betrayed(client, alice):
    assert client.post("/sign-in/password/", {"email": "no@desk.example"}).url == "/sign-in/password/sent/"


def test_the_password_is_changed_in_the_profile(client, alice):
    client.force_login(alice)
    assert client.get("/profile/password/").status_code == 200
    given = {"oldpassword": PASSWORD, "password1": "an even better one", "password2": "an even better one"}
    client.post("/profile/password/", given)
    alice.refresh_from_db()
    assert alice.check_password("an even better one")


@pytest.mark.parametrize("language", ["ru", "hu"])
def test_the_sign_in_page_speaks_the_chosen_language(language, client):
    client.post("/language/", {"language": language, "next": "/sign-in/"})
    assert f'<html lang="{language}"' in client.get("/sign-in/").content.decode()


def test_the_admins_door_is_the_same(client, ada):
    assert client.get("/admin/login/").url.startswith("/sign-in/")


def test_a_fragment_of_somebody_signed_out_sends_the_page_to_the_sign_in(client):
    response = client.get("/tickets/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["HX-Redirect"] == "/sign-in/"
    headers = {"HX-Request": "true", "HX-Current-URL": "https://desk.example/tickets/7/?view=mine"}
    response = client.get("/tickets/", headers=headers)
    assert response["HX-Redirect"] == "/sign-in/?next=%2Ftickets%2F7%2F%3Fview%3Dmine", "and back to the page"


@pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/settings/mailboxes/", 403)])
def test_errors_wear_the_same_clothes(path, status, client, alice):
    client.force_login(alice)
    response = client.get(path)
    assert response.status_code == status
    assert b"sign-in-box" in response.content


def test_a_form_from_elsewhere_is_refused_kindly(alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    response = strict.post("/profile/look/", {"theme": "dark"})
    assert response.status_code == 403
    assert b"The page was open for too long" in response.content


def test_the_desk_says_that_it_is_well(client):
    assert client.get("/health/").json() == {"ok": True}


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/password/", "/profile/password/"])
def test_a_form_says_each_thing_once(address, client, alice):
    if address.startswith("/profile/"):
        client.force_login(alice)
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "placeholder" not in main
    assert main.count('href="/sign-in/password/"') == (address == "/sign-in/")
