"""Identity providers of the tests: OpenID Connect over real HTTP with signed tokens, and a signer of SAML."""

import base64
import hashlib
import json
import secrets
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Saml
from onelogin.saml2.utils import OneLogin_Saml2_Utils

CLIENT, SECRET = "desk", "client secret"


class Provider:
    """Knows one person, `person`, and says of them what it holds. Break it by changing what it says."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with = self.key
        self.token: dict[str, Any] = {}
        self.person: dict[str, Any] = {"sub": "person-1"}
        self.asked: dict[str, str] = {}
        self.code = ""

    def agree(self, url: str) -> dict[str, str]:
        """The person signs in at `url` and is sent back with these parameters."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.url}/authorize?") and self.asked["client_id"] == CLIENT
        self.code = secrets.token_urlsafe()
        return {"code": self.code, "state": self.asked["state"]}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any]:
        return {
            "/.well-known/openid-configuration": self._description,
            "/jwks": self._keys,
            "/token": lambda: self._exchange(form),
            "/userinfo": lambda: self.person,
        }[path]()

    def _description(self) -> dict[str, Any]:
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        ends = {f"{name}_endpoint": f"{self.url}/{place}" for name, place in places.items()}
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/jwks", **ends, **methods}

    def _keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def _exchange(self, form: dict[str, str]) -> dict[str, Any]:
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() == self.asked["code_challenge"]
        assert (form["code"], form["client_secret"]) == (self.code, SECRET)
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person, **self.token}
        signed = jwt.encode(said, self.signs_with, "RS256", headers={"kid": "one"})
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


@pytest.fixture
def provider() -> Iterator[Provider]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(here.answer(self.path.partition("?")[0], {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(here.answer(self.path, {name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, what: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    here = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield here
    server.shutdown()
    server.server_close()


class Signer:
    """A SAML identity provider: answers a request of ours with a signed assertion."""

    ENTITY, URL = "https://idp.example/metadata", "https://idp.example/sso"

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
        made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        signed = made.public_key(self.key.public_key()).sign(self.key, hashes.SHA256())
        self.certificate = signed.public_bytes(serialization.Encoding.PEM).decode()

    def answer(
        self, url: str, acs: str, audience: str, email: str, groups: list[str], *, sign: bool = True
    ) -> str:
        """What the browser carries back (SAMLResponse) after a redirect to `url`."""
        query = parse_qs(urlsplit(url).query)
        request = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15))
        assertion = self._assertion(request.get("ID"), acs, audience, email, groups)
        if sign:
            private = self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ).decode()
            assertion = OneLogin_Saml2_Utils.add_sign(
                assertion,
                private,
                self.certificate,
                sign_algorithm=Saml.RSA_SHA256,
                digest_algorithm=Saml.SHA256,
            ).decode()
        moment = _moment(0)
        response = (
            f'<samlp:Response xmlns:samlp="{Saml.NS_SAMLP}" xmlns:saml="{Saml.NS_SAML}" ID="_r" '
            f'Version="2.0" IssueInstant="{moment}" Destination="{acs}" InResponseTo="{request.get("ID")}">'
            f"<saml:Issuer>{self.ENTITY}</saml:Issuer><samlp:Status>"
            f'<samlp:StatusCode Value="{Saml.STATUS_SUCCESS}"/></samlp:Status>{assertion}</samlp:Response>'
        )
        return base64.b64encode(response.encode()).decode()

    def _assertion(self, asked: str, acs: str, audience: str, email: str, groups: list[str]) -> str:
        values = "".join(f"<saml:AttributeValue>{group}</saml:AttributeValue>" for group in groups)
        before, now, after = _moment(-60), _moment(0), _moment(60)
        return (
            f'<saml:Assertion xmlns:saml="{Saml.NS_SAML}" ID="_a" Version="2.0" IssueInstant="{now}">'
            f"<saml:Issuer>{self.ENTITY}</saml:Issuer><saml:Subject>"
            f'<saml:NameID Format="{Saml.NAMEID_EMAIL_ADDRESS}">{email}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="{Saml.CM_BEARER}"><saml:SubjectConfirmationData '
            f'NotOnOrAfter="{after}" Recipient="{acs}" InResponseTo="{asked}"/></saml:SubjectConfirmation>'
            f'</saml:Subject><saml:Conditions NotBefore="{before}" NotOnOrAfter="{after}">'
            "<saml:AudienceRestriction>"
            f"<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s"><saml:AuthnContext>'
            f"<saml:AuthnContextClassRef>{Saml.AC_PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext>"
            f'</saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="groups">{values}'
            "</saml:Attribute></saml:AttributeStatement></saml:Assertion>"
        )


def _moment(seconds: int) -> str:
    return f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
