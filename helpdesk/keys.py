"""The desk's own keys: made once, kept beside the data, never in the checkout."""

import os
import secrets
from pathlib import Path


def load(data_dir: Path, name: str, given: str | None = None) -> str:
    """The key called `name`: the given one, else the stored one, else a new one (file mode 0600).

    Two processes that start at once agree: the file is created exclusively and the loser reads it.
    """
    if given:
        return given
    path = data_dir / "keys" / name
    if not path.exists():
        fresh = _written_aside(path, secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # atomic, and refuses to replace: whoever links first wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def replace(data_dir: Path, name: str, key: str) -> None:
    """Stores `key` in place of the one called `name`."""
    path = data_dir / "keys" / name
    _written_aside(path, key).rename(path)


def _written_aside(path: Path, key: str) -> Path:
    """A new private file beside `path` that holds `key` for good."""
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return fresh
