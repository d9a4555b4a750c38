"""Stored files handed out in parts (RFC 9110, 14): so that a broken download goes on where it stopped."""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from channels_app import files

CHUNK = 64 * 1024
_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


class Unsatisfiable(Exception):
    """The range asked for lies behind the end of the file."""


def answer(
    sha256: str, size: int, *, range_: str = "", if_range: str = "", if_none_match: str = ""
) -> HttpResponseBase:
    """The file, the part of it that `range_` names, or 304; raises files.Missing and Unsatisfiable.

    Of several ranges none is served apart: the whole file is a right answer too.
    """
    tag = f'"{sha256}"'
    if tag in [each.strip().removeprefix("W/") for each in if_none_match.split(",")]:
        return _headed(HttpResponse(status=304), tag)
    if if_range and if_range != tag:
        range_ = ""
    part = span(range_, size)
    first, last = part or (0, size - 1)
    response = StreamingHttpResponse(_read(files.open_stored(sha256), first, last - first + 1))
    response["Content-Length"] = str(last - first + 1)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _headed(response, tag)


def asked(headers: Mapping[str, str], sha256: str, size: int) -> HttpResponseBase:
    """The file as these headers of a request ask for it; raises what `answer` raises."""
    return answer(
        sha256,
        size,
        range_=headers.get("Range", ""),
        if_range=headers.get("If-Range", ""),
        if_none_match=headers.get("If-None-Match", ""),
    )


def span(range_: str, size: int) -> tuple[int, int] | None:
    """First and last byte of one range, None for the whole file; raises Unsatisfiable."""
    found = _RANGE.match(range_.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return max(0, size - int(last)), size - 1
    if int(first) >= size:
        raise Unsatisfiable
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _headed(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    return response


def _read(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
