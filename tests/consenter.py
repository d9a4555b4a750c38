"""A mail provider that asks for consent, doubled: its page, its token endpoint, and an SMTP server."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.mailservers import free_port

CLIENT, SECRET = "desk-client", "desk-secret"


class Consenter:
    """Gives tokens to whoever brings a code with its verifier (RFC 7636) or a refresh token; rotates both."""

    def __init__(self, account: str) -> None:
        self.account = account
        self.lifetime = 3600
        self.challenges: dict[str, str] = {}
        self.refresh_tokens: set[str] = set()
        self.tokens: set[str] = set()
        self.renewals = 0
        self.asked: list[dict[str, str]] = []
        self.answer: dict[str, Any] | None = None
        """What the token endpoint says instead of giving tokens."""
        self.slow = 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Pages", (_Pages,), {"consenter": self}))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def endpoints(self, *hosts: str) -> dict[str, Any]:
        """What stands in OAUTH_PROVIDERS for it."""
        plain = {"authorize": self.url("/authorize"), "token": self.url("/{tenant}/token")}
        return {**plain, "scope": "mail openid", "extra": {"prompt": "consent"}, "hosts": list(hosts)}

    def agree(self, address: str) -> dict[str, str]:
        """A person says yes on the page at `address`; the query of the way back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_hex(8)
        self.challenges[code] = query["code_challenge"]
        return {"code": code, "state": query["state"]}

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(form)
        time.sleep(self.slow)
        if self.answer is not None:
            return 400, self.answer
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if not self._is_good(form):
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        return 200, self._given()

    def _is_good(self, form: dict[str, str]) -> bool:
        if form.get("grant_type") == "refresh_token":
            self.renewals += 1
            known = form.get("refresh_token", "") in self.refresh_tokens
            self.refresh_tokens.discard(form.get("refresh_token", ""))
            return known
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return self.challenges.pop(form.get("code", ""), None) == challenge

    def _given(self) -> dict[str, Any]:
        token, refresh = f"access-{secrets.token_hex(8)}", f"refresh-{secrets.token_hex(8)}"
        self.tokens.add(token)
        self.refresh_tokens.add(refresh)
        claims = base64.urlsafe_b64encode(json.dumps({"email": self.account}).encode()).rstrip(b"=").decode()
        return {
            "access_token": token,
            "refresh_token": refresh,
            "expires_in": self.lifetime,
            "id_token": f"e30.{claims}.x",
        }

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @contextmanager
    def smtp(self) -> Iterator["Outgoing"]:
        """An SMTP server that takes this provider's tokens and nothing else."""
        server = Outgoing(self)
        server.start()
        yield server
        server.stop()


class _Pages(BaseHTTPRequestHandler):
    consenter: Consenter

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        if self.path == "/introspect":
            known = form.get("token", "") in self.consenter.tokens
            return self._say(200, {"active": known, "sub": self.consenter.account})
        return self._say(*self.consenter.token(form))

    def _say(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return


class Outgoing(Controller):
    """Takes mail from whoever signs in by XOAUTH2 with a good token."""

    def __init__(self, consenter: Consenter) -> None:
        self.consenter = consenter
        self.mails: list[bytes] = []
        super().__init__(
            self, hostname="127.0.0.1", port=free_port(), auth_require_tls=False, auth_required=True
        )

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        words = base64.b64decode(args[1]).decode() if len(args) > 1 else ""
        token = words.partition("auth=Bearer ")[2].strip("\1")
        if token in self.consenter.tokens:
            return AuthResult(success=True, auth_data=words)
        await server.push("334 " + base64.b64encode(b'{"status":"401"}').decode())
        await server._reader.readline()
        await server.push("535 5.7.8 Username and Password not accepted.")
        return AuthResult(success=False, handled=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(envelope.original_content or b"")
        return "250 2.0.0 OK"


def way_back(query: dict[str, str]) -> str:
    return f"/settings/consent/back/?{urlencode(query)}"
