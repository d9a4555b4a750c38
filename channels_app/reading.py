"""The words of a file that came from outside, whatever charset they are in."""

from channels_app.adapters.email import charset


def words(content: bytes, *, is_cut: bool = False) -> str:
    """Bytes as text: by their mark, as UTF-8 (whose last letter may be cut), else by their looks."""
    try:
        return charset.storable(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if is_cut and error.start >= len(content) - 3:
            content = content[: error.start]
    return charset.decode(content)
