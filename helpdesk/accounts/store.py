"""Sessions in the database, as Django keeps them, but found by a query that is compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from helpdesk.prepared import Lookup

_by_key = Lookup(lambda key: Session.objects.filter(session_key=key), str, planned=True)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        """The session, None when there is none any more."""
        found = _by_key.first(str(self.session_key))
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
