"""Bodies of requests: JSON of a bounded size, and forms with files."""

import json
from typing import Any

from rest_framework import parsers
from rest_framework.exceptions import ParseError

from helpdesk.rest.problems import Problem

MOST_BYTES = 2 * 1024 * 1024


class JSONParser(parsers.BaseParser):
    """RFC 8259 in UTF-8, without NaN; an object is expected wherever a body is."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Problem(413, "too-large", f"A JSON body may have {MOST_BYTES} bytes.")
        try:
            given = json.loads(content.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"This is not JSON: {str(error)[:200]}") from error
        if not isinstance(given, dict):
            raise ParseError("The body must be a JSON object.")
        return given


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")
