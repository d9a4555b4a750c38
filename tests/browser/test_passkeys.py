"""Passkeys with a real browser and a device made of software (WebDriver's virtual authenticator)."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from helpdesk.accounts.models import Company
from tests.browser.test_screens import findings
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def alice(alice):
    """With a password that the real web process understands: the tests' own are hashed in a hurry."""
    alice.password = PBKDF2PasswordHasher().encode(PASSWORD, "some twenty two letters")
    alice.save()
    return alice


def own_name(page) -> str:
    """The desk under a name: browsers keep no passkeys for bare addresses."""
    return page.url.replace("127.0.0.1", "localhost").partition("/sign-in/")[0]


def type_password(page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_added_used_as_second_step_and_alone(open_, alice):
    page = open_(None, "/sign-in/")
    desk = own_name(page)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(f"{desk}/sign-in/?next=/profile/")
    type_password(page, alice.email)
    page.get_by_role("link", name="Second step at sign-in").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("Telephone")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("link", name="Done").click()
    page.get_by_text("Telephone", exact=True).wait_for()
    assert Authenticator.objects.get(type="webauthn").user == alice

    page.context.clear_cookies()
    page.goto(f"{desk}/sign-in/?next=/profile/")
    type_password(page, alice.email)
    page.get_by_role("heading", name="The second step").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Profile").wait_for()

    page.context.clear_cookies()
    page.goto(f"{desk}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/tickets/**")


def test_a_browser_that_cannot_says_so(open_, alice):
    """A bare address is no place for passkeys."""
    page = open_(None, "/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("uses passkeys only at a desk with a name").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1440, "dark")])
def test_the_pages_of_the_second_step_are_for_everybody(open_, alice, company, width, scheme):
    Company.objects.update(two_factor="everybody")
    page = open_(alice, "/tickets/", width=width, color_scheme=scheme, bypass_csp=True)
    page.get_by_text("Your desk asks you for a second step").wait_for()
    wrong = findings(page)
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Set up an app").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not (wrong + findings(page))
