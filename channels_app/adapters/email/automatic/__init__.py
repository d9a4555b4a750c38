"""Who speaks in a mail: a person, or a machine and what it tells (RFC 3834, 3464, 8098, 5965).

`judge` answers it from the mail alone, without any setting or database.
"""

from channels_app.adapters.email.automatic.judging import judge as judge
from channels_app.adapters.email.automatic.verdict import Kind as Kind
from channels_app.adapters.email.automatic.verdict import Outcome as Outcome
from channels_app.adapters.email.automatic.verdict import Verdict as Verdict
