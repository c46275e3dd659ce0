"""Sessions in the database, under keys that a database takes."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's, for which whoever brings a key that it never gave to anybody is a stranger.

    A cookie may hold a NUL, of which PostgreSQL makes a fault and not a row that is not there.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key if session_key and session_key.isalnum() else None)
