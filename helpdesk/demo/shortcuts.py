"""The macros of the shop: a team's, everybody's and one of alice's own."""

from helpdesk.demo.shop import Staff
from tickets import macros

LATE = (
    "Hello {customer.first_name},\n\nI am sorry that your parcel is late. I have asked the carrier where "
    "it is and will write to you about #{ticket.number} as soon as they answer.\n\n{agent.first_name}"
)
CLOSING = "Hello {customer.first_name},\n\nthank you for your words. I close #{ticket.number}."


def save(staff: Staff) -> None:
    """Each does what a colleague does ten times a day."""
    alice, sam, ada = (staff.colleagues[name] for name in ("alice", "sam", "ada"))
    steps = {
        "reply": LATE,
        "status": "waiting",
        "priority": 3,
        "tag_add": ["late", "carrier"],
        "snooze": "1d",
    }
    macros.make("Parcel is late", actor=ada, steps={**steps, "assignee": "me"})
    macros.make("Thank and close", actor=ada, steps={"reply": CLOSING, "status": "resolved"})
    team = alice.teams.first()
    macros.make(
        "Complaint: to the supervisor",
        actor=sam if team in sam.teams.all() else ada,
        team=team,
        steps={
            "note": "Please look at this complaint with me. {agent.first_name}",
            "kind": "complaint",
            "priority": 4,
            "assignee": sam.pk,
        },
    )
    macros.make(
        "Ask for a photograph",
        actor=alice,
        owner=alice,
        steps={
            "reply": "Hello {customer.first_name},\n\ncould you send me a photograph of it?",
            "status": "waiting",
            "snooze": "answer",
        },
    )
