"""Single sign-on against providers that run here: OpenID Connect over HTTP, SAML with real signatures."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from helpdesk import environment
from helpdesk.accounts.models import AuditEntry, User
from tests.identity import CLIENT, SECRET, Provider, Signer, provider

pytestmark = pytest.mark.django_db
__all__ = ["provider"]

HOST = "testserver"


@pytest.fixture
def oidc(provider, settings, monkeypatch, company) -> Provider:
    monkeypatch.setenv("HELPDESK_OIDC_URL", provider.url)
    monkeypatch.setenv("HELPDESK_OIDC_CLIENT", CLIENT)
    monkeypatch.setenv("HELPDESK_OIDC_SECRET", SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": environment.oidc()}
    }
    return provider


@pytest.fixture
def browser() -> Client:
    return Client(headers={"Host": HOST})


def comes(client: Client, provider: Provider, **said):
    """The person signs in at the provider, who says this of them."""
    provider.person = {"sub": "person-1", "email_verified": True, **said}
    sent = client.get("/sign-in/oidc/company/?process=login&next=/deliveries/")
    return client.get("/sign-in/oidc/company/back/", provider.agree(sent.url))


def who(client: Client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def test_there_is_no_button_and_no_door_without_a_provider(browser):
    assert b"company account" not in browser.get("/sign-in/").content
    assert browser.get("/sign-in/oidc/company/").status_code == 404
    assert browser.get("/sign-in/saml/company/").status_code == 404


def test_a_colleague_comes_in_by_the_button(browser, oidc, alice):
    page = browser.get("/sign-in/?next=/deliveries/").content.decode()
    assert "Sign in with the company account" in page and "/sign-in/oidc/company/?process=login" in page
    assert comes(browser, oidc, email="Alice@desk.example").url == "/deliveries/"
    assert who(browser) == alice
    assert AuditEntry.objects.get(kind="signed_in").about == alice


def test_once_known_the_address_may_change(browser, oidc, alice):
    comes(browser, oidc, email=alice.email)
    second = Client(headers={"Host": HOST})
    comes(second, oidc, email="a.hartmann@elsewhere.example")
    assert who(second) == alice


@pytest.mark.parametrize(
    "said",
    [
        {"email": "stranger@elsewhere.example"},
        {"email": "alice@desk.example", "email_verified": False},
        {"email": ""},
        {},
    ],
    ids=str,
)
def test_strangers_and_unproven_addresses_are_refused(said, browser, oidc, alice, settings):
    settings.SSO_DOMAINS = ["desk.example"]
    answer = comes(browser, oidc, **said)
    assert answer.status_code == 403 and b"You have no place at this desk" in answer.content
    assert who(browser) is None and User.objects.count() == 1
    assert AuditEntry.objects.get().kind == "sign_in_failed"


def test_from_a_named_domain_somebody_new_gets_a_place_as_an_agent(browser, oidc, company, settings):
    settings.SSO_DOMAINS = ["desk.example"]
    comes(browser, oidc, email="dora@desk.example", name="Dora Nagy")
    dora = User.objects.get()
    assert (dora.email, dora.name, dora.role, dora.has_usable_password()) == (
        "dora@desk.example",
        "Dora Nagy",
        "agent",
        False,
    )
    assert who(browser) == dora
    assert AuditEntry.objects.get(kind="person_made").data == {"role": "agent", "by": "single_sign_on"}
    assert browser.get("/profile/password/").url == "/profile/password/first/"
    assert browser.get("/profile/password/first/").status_code == 200


def test_who_was_deactivated_stays_outside(browser, oidc, alice):
    comes(browser, oidc, email=alice.email)
    browser.post("/sign-out/")
    User.objects.update(is_active=False)
    assert comes(browser, oidc, email=alice.email).status_code == 403
    assert who(browser) is None


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["desk-leads"], "supervisor"),
        (["x", "desk-leads", "desk-admins"], "admin"),
        ("desk-admins", "admin"),
        (["x"], "agent"),
        ([], "agent"),
        (None, "supervisor"),
    ],
    ids=str,
)
def test_the_role_follows_the_groups(groups, role, browser, oidc, sam, settings):
    settings.SSO_ROLES = {"desk-admins": "admin", "desk-leads": "supervisor"}
    said = {} if groups is None else {"groups": groups}
    comes(browser, oidc, email=sam.email, **said)
    sam.refresh_from_db()
    assert sam.role == role
    assert AuditEntry.objects.filter(kind="rights_changed").exists() is (role != "supervisor")


def test_the_last_admin_stays_one(browser, oidc, ada, settings):
    settings.SSO_ROLES = {"desk-leads": "supervisor"}
    comes(browser, oidc, email=ada.email, groups=["x"])
    ada.refresh_from_db()
    assert ada.role == "admin"


@pytest.mark.parametrize(
    "false",
    [{"iss": "http://elsewhere.example"}, {"aud": "another"}, {"exp": 1}, {"sub": "somebody-else"}],
    ids=str,
)
def test_a_false_token_opens_nothing(false, browser, oidc, alice):
    oidc.token = false
    answer = comes(browser, oidc, email=alice.email)
    assert answer.status_code == 400 and b"did not sign you in" in answer.content
    assert who(browser) is None


def test_a_token_signed_by_somebody_else_opens_nothing(browser, oidc, alice):
    oidc.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert comes(browser, oidc, email=alice.email).status_code == 400
    assert who(browser) is None


def test_an_answer_to_nobodys_question_opens_nothing(browser, oidc, alice):
    oidc.person = {"sub": "person-1", "email": alice.email, "email_verified": True}
    sent = Client(headers={"Host": HOST}).get("/sign-in/oidc/company/?process=login")
    answer = browser.get("/sign-in/oidc/company/back/", oidc.agree(sent.url))
    assert answer.status_code == 400 and who(browser) is None


def test_a_provider_that_does_not_answer_is_told(browser, oidc, alice):
    oidc.url = ""
    oidc.answer = lambda *_: {}
    assert browser.get("/sign-in/oidc/company/?process=login").status_code == 400


@pytest.fixture
def signer(settings, company) -> Signer:
    signer = Signer()
    app = environment.saml_app(signer.ENTITY, signer.URL, signer.certificate)
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [app]}}
    return signer


def comes_by_saml(client: Client, signer: Signer, email: str, groups: list[str] = [], **options):  # noqa: B006
    sent = client.get("/sign-in/saml/company/?process=login&next=/deliveries/")
    acs = f"http://{HOST}/sign-in/saml/company/back/"
    audience = f"http://{HOST}/sign-in/saml/company/metadata/"
    answer = signer.answer(sent.url, acs, options.pop("audience", audience), email, groups, **options)
    return client.post("/sign-in/saml/company/back/", {"SAMLResponse": answer}, follow=True)


def test_a_colleague_comes_in_by_saml(browser, signer, sam, settings):
    settings.SSO_ROLES = {"desk-admins": "admin"}
    assert b"Sign in with the company account" in browser.get("/sign-in/").content
    answer = comes_by_saml(browser, signer, sam.email, ["desk-admins"])
    assert answer.redirect_chain[-1][0] == "/deliveries/"
    assert who(browser) == sam
    sam.refresh_from_db()
    assert sam.role == "admin"


def test_an_unsigned_or_misdirected_assertion_opens_nothing(browser, signer, sam):
    assert comes_by_saml(browser, signer, sam.email, sign=False).status_code == 400
    assert comes_by_saml(browser, signer, sam.email, audience="https://elsewhere.example").status_code == 400
    assert comes_by_saml(browser, Signer(), sam.email).status_code == 400
    assert who(browser) is None


def test_a_stranger_is_refused_by_saml_too(browser, signer):
    assert comes_by_saml(browser, signer, "stranger@elsewhere.example").status_code == 403


def test_the_desk_describes_itself_to_the_provider(browser, signer):
    assert b"AssertionConsumerService" in browser.get("/sign-in/saml/company/metadata/").content


def test_the_table_of_roles_is_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("X", "desk-admins=admin, CN=Leads=supervisor")
    assert environment.roles("X") == {"desk-admins": "admin", "CN=Leads": "supervisor"}
    monkeypatch.setenv("X", "desk-admins=owner")
    with pytest.raises(SystemExit, match="group=role"):
        environment.roles("X")


@pytest.fixture
def office(client, ada) -> Client:
    client.force_login(ada)
    return client


SSO_PAGE = "/admin/accounts/singlesignon/"


def test_admins_see_what_is_set_up_and_what_to_enter(office, oidc, settings):
    settings.SSO_DOMAINS, settings.SSO_ROLES = ["desk.example"], {"desk-leads": "supervisor"}
    page = office.get(SSO_PAGE).content.decode()
    assert oidc.url in page and f"{settings.BASE_URL}/sign-in/oidc/company/back/" in page
    assert "HELPDESK_OIDC_SECRET" in page and SECRET not in page
    assert "desk.example" in page and "desk-leads → Supervisor" in page


def test_without_a_provider_the_page_says_so(office):
    assert "No provider is set up" in office.get(SSO_PAGE).content.decode()
    assert office.post(SSO_PAGE, {"check": "openid_connect"}).status_code == 200


def test_the_check_asks_the_provider(office, oidc):
    page = office.post(SSO_PAGE, {"check": "openid_connect"}).content.decode()
    assert f"calls itself {oidc.url}" in page and "Keys that it signs with: 1" in page
    for app in environment.oidc():
        app["settings"]["server_url"] = f"{oidc.url}/nowhere"
    oidc.answer = lambda path, form: {}
    assert "gives no description" in office.post(SSO_PAGE, {"check": "openid_connect"}).content.decode()


def test_the_check_reads_the_certificate(office, settings):
    signer = Signer()
    for certificate, said in ((signer.certificate, "is good until"), ("AAAA", "cannot be read")):
        app = environment.saml_app("https://login.example/meta", "https://login.example/sso", certificate)
        settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [app]}}
        page = office.post(SSO_PAGE, {"check": "saml"}).content.decode()
        assert said in page and "/sign-in/saml/company/metadata/" in page and certificate not in page
