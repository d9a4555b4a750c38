"""Why a request did not get its answer."""

from enum import StrEnum


class Trouble(StrEnum):
    BAD_ADDRESS = "bad_address"
    """No http or https, no host, a password inside, or a port that belongs to something else."""
    PRIVATE = "private"
    """It leads into a network that this desk may not reach."""
    UNKNOWN_HOST = "unknown_host"
    NO_CONNECTION = "no_connection"
    NOT_TRUSTED = "not_trusted"
    """Its certificate is wrong, out of date, or of another host."""
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_ANSWER = "bad_answer"
    """What came back was not HTTP, or ended too soon."""


class NotReached(Exception):
    """A request that got no answer; `trouble` is the code, the text is for logs."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble
        self.detail = detail
