"""What is dangerous about a file, in words for those who would open it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.inspection.verdicts import Danger
from tickets.models import Attachment

WORDS: dict[str, Promise] = {
    Danger.PROGRAM: gettext_lazy("It is a program."),
    Danger.SCRIPT: gettext_lazy("It is a script: opened, it does what its author wants."),
    Danger.SHORTCUT: gettext_lazy("It is a shortcut that starts something else."),
    Danger.DISK_IMAGE: gettext_lazy("It is a disk image, inside of which nothing is checked."),
    Danger.MACROS: gettext_lazy("It is a document with macros."),
    Danger.ACTIVE_PAGE: gettext_lazy("It is a page that can run scripts in the browser."),
    Danger.INSIDE: gettext_lazy("Inside of it is something dangerous."),
    Danger.ENCRYPTED: gettext_lazy("It has a password, so nobody could look inside."),
    Danger.CLOSED: gettext_lazy("It is an archive that could not be looked into."),
    Danger.BOMB: gettext_lazy("It unpacks to far more than it seems."),
    Danger.OTHER_THAN_NAMED: gettext_lazy("It is not what its name says."),
    Danger.UNREADABLE: gettext_lazy("It could not be checked."),
    Danger.NOT_SCANNED: gettext_lazy("It is too large for the virus scanner."),
}


def reasons(attachment: Attachment) -> list[str]:
    """Why a file is held or marked, one sentence each."""
    found = [str(WORDS[code]) for code in attachment.dangers or () if code in WORDS]
    if attachment.virus:
        found.insert(0, _("A virus was found: %(virus)s.") % {"virus": attachment.virus})
    return found
