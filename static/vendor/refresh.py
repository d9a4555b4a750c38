"""Copies the third-party files named in package.json, and writes their checksums.

Run: `python static/vendor/refresh.py`;
`python static/vendor/refresh.py --check` only compares the files with SHA256SUMS.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SUMS = HERE / "SHA256SUMS"
FILES = {
    "htmx.org": (HERE / "htmx", ["dist/htmx.min.js", "LICENSE"]),
    "pdfjs-dist": (
        HERE / "pdfjs",
        ["legacy/build/pdf.min.mjs", "legacy/build/pdf.worker.min.mjs", "LICENSE"],
    ),
    "axe-core": (
        ROOT / "tests" / "browser" / "vendor" / "axe-core",
        ["axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"],
    ),
}


def main() -> int:
    """Refresh or check; the exit code says whether all is as it should be."""
    if "--check" not in sys.argv:
        refresh()
    return 0 if checksums() == SUMS.read_text() else 1


def refresh() -> None:
    named = json.loads((HERE / "package.json").read_text())
    for name, version in {**named["dependencies"], **named["devDependencies"]}.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True)
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
                copy(package, *FILES[name])
    SUMS.write_text(checksums())


def copy(package: tarfile.TarFile, target: Path, names: list[str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        found = package.extractfile(f"package/{name}")
        assert found is not None, name
        (target / Path(name).name).write_bytes(found.read())


def checksums() -> str:
    """One line for each file, as sha256sum writes it."""
    paths = [folder / Path(name).name for folder, names in FILES.values() for name in names]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT)}" for path in paths]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
