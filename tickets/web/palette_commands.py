"""The commands of the palette that are always the same: controls of the page, and places."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TITLES = {
    "here": _("On this page"),
    "tickets": _("Open or chosen tickets"),
    "macros": _("Macros"),
    "responses": _("Canned responses"),
    "views": _("Views"),
    "places": _("Go to"),
    "settings": _("Settings"),
}


@dataclass(frozen=True)
class Fixed:
    title: str | Promise
    icon: str
    place: str = ""
    query: str = ""
    press: str = ""
    click: str = ""
    keys: str = ""
    role: str = ""
    """"lead" for supervisors and admins, "admin" for these alone."""
    words: str | Promise = ""
    """What else people call it, those who come from other programs above all; with " · " between."""


def _pressed(key: str, title: str | Promise, icon: str, words: str | Promise = "") -> Fixed:
    shown = f"Shift {key}" if key.isupper() else key.upper()
    return Fixed(title, icon, press=key, keys=shown, words=words)


MERGE = pgettext_lazy("also called", "merge · join · combine · duplicate")


ACTIONS = (
    _pressed(
        "r", pgettext_lazy("verb", "Reply"), "reply", pgettext_lazy("also called", "answer · respond · write")
    ),
    _pressed("R", _("Reply to all"), "reply-all"),
    _pressed("f", pgettext_lazy("verb", "Forward"), "forward"),
    _pressed("n", _("Write a note"), "note", pgettext_lazy("also called", "comment · internal")),
    _pressed("e", _("Resolve"), "check", pgettext_lazy("also called", "close · done · solve")),
    _pressed(
        "h",
        pgettext_lazy("verb", "Snooze"),
        "moon",
        pgettext_lazy("also called", "postpone · later · remind me"),
    ),
    _pressed("b", _("Promise an answer by a time"), "clock"),
    _pressed("m", _("Macros"), "list-checks"),
    Fixed(_("Make it one with another ticket"), "merge", click="#more-menu [data-join]", words=MERGE),
    _pressed("a", _("Assign"), "user", pgettext_lazy("also called", "transfer · hand over · delegate")),
    _pressed("s", _("Change the status"), "check"),
    _pressed("p", _("Change the priority"), "flag"),
    _pressed("t", _("Change the tags"), "tag", pgettext_lazy("also called", "label")),
    _pressed("z", _("Undo"), "undo"),
    _pressed("l", _("Filter the list"), "filter"),
    _pressed("c", _("New ticket"), "plus"),
    Fixed(_("Take the next ticket"), "right", press="next", keys="G N"),
    Fixed(_("Search"), "search", press="/", keys="/"),
    Fixed(_("Keys"), "keyboard", click="[data-dialog=keys]", keys="?"),
    Fixed(
        _("Appearance: dark"),
        "moon",
        click="#me-menu [name=theme][value=dark]",
        words=pgettext_lazy("also called", "night mode"),
    ),
    Fixed(_("Appearance: light"), "sun", click="#me-menu [name=theme][value=light]"),
    Fixed(_("Appearance: as the system"), "settings", click="#me-menu [name=theme][value='']"),
)
PLACES = (
    Fixed(_("Customers"), "users", "tickets:customers"),
    Fixed(_("Organisations"), "users", "tickets:organisations"),
    Fixed(_("New customer"), "plus", "tickets:customer-add"),
    Fixed(_("New organisation"), "plus", "tickets:organisation-add"),
    Fixed(_("Blocked senders"), "shield", "tickets:blocked"),
    Fixed(_("Who has what"), "users", "tickets:crew", role="lead"),
    Fixed(_("Expected times"), "hourglass", "expected:overview", role="lead"),
    Fixed(
        _("Your availability"),
        "clock",
        "tickets:being-there",
        words=pgettext_lazy("also called", "pause · break · away · absent"),
    ),
    Fixed(_("Rules"), "list-checks", "tickets:rules", role="lead"),
    Fixed(_("New rule"), "plus", "tickets:rule-new", role="admin"),
    Fixed(
        _("Procedures"),
        "list-checks",
        "sop:procedures",
        words=pgettext_lazy("also called", "instructions · SOP"),
    ),
    Fixed(_("New procedure"), "plus", "sop:begin"),
    Fixed(_("New to read"), "eye", "sop:reading"),
    Fixed(_("Who has read what"), "eye", "sop:readers", role="lead"),
    Fixed(_("Paths for newcomers"), "list-checks", "sop:paths", role="lead"),
    Fixed(_("New path"), "plus", "sop:path-new", role="lead"),
    Fixed(
        _("Articles"),
        "book",
        "knowledge:articles",
        words=pgettext_lazy("also called", "knowledge base · FAQ"),
    ),
    Fixed(_("New article"), "plus", "knowledge:article-begin"),
    Fixed(_("What is missing"), "search", "knowledge:gaps"),
    Fixed(pgettext_lazy("of customers", "Suggestions"), "up", "knowledge:suggestions"),
    Fixed(_("New suggestion"), "plus", "knowledge:suggestion-begin"),
    Fixed(_("Articles by topic"), "book", "knowledge:topics"),
    Fixed(_("Countries and languages"), "globe", "manners:places"),
    Fixed(_("Help centre"), "globe", "knowledge:help-begin"),
    Fixed(_("Drafts"), "pencil", "tickets:drafts", keys="G D"),
    Fixed(_("Scheduled"), "calendar", "tickets:scheduled"),
    Fixed(_("Notifications"), "bell", "tickets:notifications"),
    Fixed(_("What you are told of"), "bell", "tickets:notification-settings"),
    Fixed(_("Your devices"), "bell", "tickets:notification-settings", "#devices"),
    Fixed(_("Promises"), "promise", "tickets:promises"),
    Fixed(
        _("Not sent"),
        "warning",
        "tickets:deliveries",
        words=pgettext_lazy("also called", "outbox · failed · bounced"),
    ),
    Fixed(_("Quarantine"), "shield", "channels:quarantine"),
    Fixed(
        _("Canned responses"),
        "copy",
        "canned:responses",
        words=pgettext_lazy("also called", "templates · saved replies · snippets"),
    ),
    Fixed(_("New response"), "plus", "canned:new"),
    Fixed(_("Phrase guide"), "quote", "phrases:pairs"),
    Fixed(_("New pair"), "plus", "phrases:pair-new", role="lead"),
    Fixed(_("Macros"), "list-checks", "tickets:macros"),
    Fixed(_("New macro"), "plus", "tickets:macro-new"),
    Fixed(
        _("Saved views"),
        "filter",
        "tickets:views",
        words=pgettext_lazy("also called", "saved filters · folders"),
    ),
    Fixed(_("New view"), "plus", "tickets:view-new"),
    Fixed(
        _("Profile"),
        "user",
        "accounts:profile",
        words=pgettext_lazy("also called", "signature · language · time zone"),
    ),
    Fixed(_("Change password"), "key", "account_change_password"),
    Fixed(
        _("Second step at sign-in"),
        "shield",
        "mfa_index",
        words=pgettext_lazy("also called", "2FA · two-factor · authenticator"),
    ),
    Fixed(_("Passkeys"), "key", "mfa_list_webauthn"),
    Fixed(_("Where you are signed in"), "globe", "accounts:sessions"),
    Fixed(_("API tokens"), "key", "accounts:tokens"),
    Fixed(_("Health of mail"), "heart", "channels:health", role="lead"),
    Fixed(_("Settings: mailboxes"), "settings", "channels:mailboxes", role="admin"),
    Fixed(_("Add a mailbox"), "plus", "channels:mailbox-add", role="admin"),
    Fixed(_("Proof"), "check-double", "channels:proof", role="admin"),
    Fixed(_("Google and Microsoft"), "key", "channels:consent", role="admin"),
    Fixed(_("Due times"), "hourglass", "tickets:policies", role="admin"),
    Fixed(_("New policy"), "plus", "tickets:policy-new", role="admin"),
    Fixed(_("Working hours"), "calendar", "tickets:hours", role="admin"),
    Fixed(_("Add working hours"), "plus", "tickets:hours-new", role="admin"),
    Fixed(_("Webhooks"), "link", "webhooks:webhooks", role="admin"),
    Fixed(_("Add a webhook"), "plus", "webhooks:webhook-add", role="admin"),
    Fixed(_("The API described"), "api", "rest:docs"),
    Fixed(_("Django admin"), "settings", "admin:index", role="admin"),
    Fixed(_("Sign out"), "right", "account_logout"),
)
