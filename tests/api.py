"""Programs of the tests: each calls the API in the name of a colleague, with a token of its own."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from helpdesk.accounts import tokens
from helpdesk.accounts.models import Scope, Token, User

ROOT = "/api/v1/"


class Program:
    """Sends JSON with a token; every POST has a key of its own unless the test gives one."""

    def __init__(self, token: Token | None, secret: str = "") -> None:
        self.token = token
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer; `path` is below /api/v1/ unless it begins with a slash. `if_match="…"` is a header."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if method == "POST":
            given.setdefault("idempotency-key", str(uuid.uuid4()))
        url = path if path.startswith(("/", "http")) else ROOT + path
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, url, headers={**self.headers, **given}, **data)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.call("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("DELETE", path, **headers)


def upload(program: Program, content: bytes = b"0123456789", name: str = "Plan.txt") -> int:
    """The id of a file sent ahead."""
    answer = program.client.post(
        "/api/v1/attachments/",
        {"file": SimpleUploadedFile(name, content, "text/plain")},
        headers={**program.headers, "Idempotency-Key": str(uuid.uuid4())},
    )
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


Hire = Callable[..., Program]


@pytest.fixture
def program(db) -> Hire:
    """A program of this colleague, with these scopes or with all."""

    def make(user: User, *scopes: str) -> Program:
        made = tokens.make(
            user,
            name="Till",
            scopes=scopes or Scope.values,
            expires_at=None,
            key=uuid.uuid4(),
            actor=user,
        )
        return Program(made.token, made.secret)

    return make


@pytest.fixture
def stranger(db) -> Program:
    """A program without a token."""
    return Program(None)


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    """Checks that the answer is a problem document of this kind, and gives it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code), problem
    return problem
