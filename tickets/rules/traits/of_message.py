"""What may be asked of the message that came, or of the customer's last."""

from tickets.rules.facts import FILES, MESSAGE
from tickets.rules.traits.sorts import NUMBER, PATTERN, WORDS, YES_NO, Trait

TRAITS = (
    Trait(
        name="words",
        sort=WORDS,
        of="message",
        needs=MESSAGE,
        read=lambda facts: f"{facts.subject}\n{facts.text}",
    ),
    Trait(name="subject", sort=WORDS, of="message", read=lambda facts: facts.subject),
    Trait(name="money", sort=NUMBER, of="message", needs=MESSAGE, read=lambda facts: facts.money),
    Trait(
        name="length", sort=NUMBER, of="message", needs=MESSAGE, read=lambda facts: len(facts.text.strip())
    ),
    Trait(name="sender", sort=PATTERN, of="message", needs=MESSAGE, read=lambda facts: facts.sender),
    Trait(name="files", sort=YES_NO, of="message", needs=FILES, read=lambda facts: facts.has_files),
)
