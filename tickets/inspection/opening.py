"""Whether a file may be handed out now: what came from outside only when it was looked into."""

from channels_app import files
from tickets.inspection import raster
from tickets.models import Attachment, Message

State = Attachment.State
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}
HEAD = 64 * 1024


def is_open(attachment: Attachment) -> bool:
    """Whether a colleague or a program may have its bytes."""
    if attachment.state in (State.CLEAN, State.RELEASED):
        return True
    if attachment.state in (State.HELD, State.INFECTED):
        return False
    message = attachment.message
    ours = message is None or message.direction != Message.Direction.IN
    return ours or bool(picture_type(attachment))


def picture_type(attachment: Attachment) -> str:
    """The type of a picture that a browser may draw, by its bytes, whatever its sender calls it; else ""."""
    if attachment.state == State.INFECTED:
        return ""
    if attachment.sniffed_type:
        return attachment.sniffed_type if attachment.sniffed_type in PICTURES else ""
    try:
        with files.open_stored(attachment.sha256) as stored:
            picture = raster.read(stored.read(HEAD))
    except files.Missing:
        return ""
    return picture.content_type if picture and picture.is_reasonable else ""
