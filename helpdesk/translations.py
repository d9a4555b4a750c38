"""Compiles the translations, without gettext: `python -m helpdesk.translations`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_changed(folder: Path = LOCALE) -> list[Path]:
    """Writes a .mo beside every .po in `folder` that is newer than its .mo; returns what it wrote."""
    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target.with_suffix(".mo.new")
        with source.open("rb") as po, fresh.open("wb") as mo:
            write_mo(mo, read_po(po, abort_invalid=True))
        fresh.replace(target)  # a process that is starting reads the old one or the new one, never a half
        written.append(target)
    return written


if __name__ == "__main__":
    compile_changed()
