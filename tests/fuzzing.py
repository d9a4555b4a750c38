"""What a machine that tries out the API has to know beyond its description; named by schemathesis.toml."""

import re
import uuid
from typing import Any

import schemathesis

KEY = re.compile(r"^[!-~]{1,255}$")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A key is new for each request, and a cursor comes from an answer: neither can be made up."""
    headers, query = case.headers or {}, case.query or {}
    if KEY.match(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    meta = getattr(case, "meta", None)
    if meta is None or meta.generation.mode.value == "positive":
        query.pop("cursor", None)
