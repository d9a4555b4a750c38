"""The canned responses of the shop: the starter set, with what a colleague and a team made themselves."""

from datetime import datetime

from helpdesk.demo.shop import Staff
from knowledge.canned import keeping, repeated, shipping
from knowledge.canned.models import CannedResponse
from knowledge.phrases import shipping as phrases

SHOWROOM = (
    "{customer.greeting}\n\nour showroom is in Bermondsey, ten minutes from London Bridge. We are there from "
    "Tuesday to Saturday between 10 and 18; tell me when you come, and I will set the pieces aside.\n\n"
    "Kind regards\n{agent.name}"
)
CARE = "{customer.greeting}\n\nthe surcharge for carrying upstairs is in the price already.\n\n{agent.name}"
BUSY = {"delivery-late": (212, 149), "return-how": (164, 151), "return-refund-when": (131, 117)}
BUSY |= {"order-number": (98, 31), "warranty-details": (77, 22), "delivery-times": (69, 66)}


def save(staff: Staff, now: datetime) -> None:
    alice, sam = staff.colleagues["alice"], staff.colleagues["sam"]
    shipping.load("en")
    phrases.load()
    for origin, (used, solved) in BUSY.items():
        CannedResponse.objects.filter(origin=origin).update(used=used, solved=solved)
    keeping.make(
        "Showroom", actor=alice, owner=alice, shortcut="showroom", wordings={"en": {"body": SHOWROOM}}
    )
    team = sam.teams.first()
    keeping.make("Carried upstairs", actor=sam, team=team, shortcut="stairs", wordings={"en": {"body": CARE}})
    repeated.look(now)
