"""`make audit`: a package that nobody could be asked about is not clean."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "audit"
CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "celery", "skip_reason": "Dependency not found on PyPI and could not be audited"}
HOLE = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": ["CVE-2030-1"]}
UNSAFE = {"name": "h11", "version": "1.0", "vulns": [HOLE]}


@pytest.fixture(scope="module")
def audit() -> Any:
    spec = spec_from_loader("audit", SourceFileLoader("audit", str(SCRIPT)))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([CLEAN], 0, "1 packages were asked about"),
        ([CLEAN, SKIPPED], 2, "NOT AUDITED: of 2 packages 1 could not be asked about."),
        ([SKIPPED] * 12, 2, "and 2 more"),
        ([UNSAFE, CLEAN], 1, "h11 1.0: PYSEC-1, CVE-2030-1; mended in: 2.0"),
        ([UNSAFE, SKIPPED], 1, "NOT AUDITED"),
    ],
)
def test_what_it_says_and_how_it_ends(audit, packages, code, said):
    lines, ended = audit.verdict({"dependencies": packages})
    assert ended == code and said in "\n".join(lines)


@pytest.mark.parametrize("out", ["", "Traceback (most recent call last):"])
def test_without_an_answer_it_says_where_the_advisories_are(audit, monkeypatch, capsys, out):
    done = type("Done", (), {"stdout": out, "stderr": "x\nConnectionError: pypi.org"})()
    monkeypatch.setattr(audit.subprocess, "run", lambda *args, **options: done)
    assert audit.main() == 2
    said = capsys.readouterr().err
    assert "NOT AUDITED" in said and "ConnectionError: pypi.org" in said


RECORDS = {"h11/json": "2.0", "h11/1.0/json": None, "h11/2.0/json": None, "wsproto/1.0/json": "1.0"}


class Answer:
    def __init__(self, version: str | None) -> None:
        self.version, self.ok, self.status_code = (
            version,
            version is not None,
            404 if version is None else 200,
        )

    def json(self) -> dict[str, Any]:
        return {"info": {"version": self.version}}


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("wsproto/1.0/json", "1.0"),
        ("h11/2.0/json", "2.0"),
        ("h11/1.0/json", None),
        ("nothing/1.0/json", None),
    ],
)
def test_a_mirror_that_knows_newest_versions_alone_is_believed_about_those(audit, asked, known):
    get = audit.or_newest(lambda url, **options: Answer(RECORDS.get(url)))
    assert get(url=asked, timeout=5).version == known
