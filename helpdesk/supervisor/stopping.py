"""Ctrl-C, SIGTERM and a closed terminal are the same request: end in order."""

import signal

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def listen() -> None:
    """From now on each of them raises KeyboardInterrupt."""
    for sig in SIGNALS:
        signal.signal(sig, signal.default_int_handler)


def insist() -> None:
    """From now on none of them disturbs: we are ending already."""
    for sig in SIGNALS:
        signal.signal(sig, signal.SIG_IGN)


def forget() -> None:
    """In a child: each of them has its ordinary meaning again."""
    for sig in SIGNALS:
        signal.signal(sig, signal.SIG_DFL)
