"""Tests that need a real mail server or a browser: left out, counted and told where there is none."""

import os
import shutil
from collections import Counter
from typing import Any

import pytest

COUNTS = pytest.StashKey[Counter[str]]()
SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def missing() -> dict[str, str]:
    """The markers whose tests cannot run here, each with the reason."""
    found = {}
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        found["browser"] = "Chromium is not installed"
    if not shutil.which("mutt"):
        found["mutt"] = "Mutt is not installed"
    for name in ("dovecot", "postfix"):
        if not shutil.which(name, path=SBIN):
            found[name] = f"{name.title()} is not installed"
        elif os.geteuid() != 0:
            found[name] = f"{name.title()} is started by root only"
    return found


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = missing()
    left_out = []
    for item in items:
        reason = next((text for name, text in reasons.items() if item.get_closest_marker(name)), None)
        if reason:
            left_out.append(item)
            config.stash[COUNTS][reason] += 1
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    counts = session.config.stash[COUNTS]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = dict(counts)
    elif counts and os.environ.get("CI") == "true" and os.geteuid() == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every xdist worker collects everything, so the counts of one are the counts of all."""
    node.config.stash[COUNTS] |= Counter(getattr(node, "workeroutput", {}).get("not_run", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for reason, count in sorted(config.stash[COUNTS].items()):
        terminalreporter.write_line(f"{count} not run: {reason}")
