"""Which tests passed only when they ran once more, and what they said the first time: none should have to."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.stats.get("rerun", []):
        said = getattr(report.longrepr, "reprcrash", None)
        terminalreporter.write_sep("=", f"run again: {report.nodeid}", yellow=True)
        terminalreporter.write_line(
            report.longreprtext if said is None else f"{said.path}:{said.lineno}: {said.message}"
        )
