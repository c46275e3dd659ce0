"""The two things that a target asks for, and the one rule by which both are judged."""

from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import F, Q


class Step(Enum):
    """Responding, or resolving: what the target wants done by a due time.

    Done in time: met. Done late, or not done and past due: missed. Not done and not yet due:
    not judged. Without a target (no due time): not judged. Over without a time on record, such
    as resolved without a response: not judged.

    The value is the verb, by which programs know it; `noun` and `participle` are for people.
    """

    verb: str
    noun: str
    participle: str
    done_at: str
    due_at: str
    at_risk_at: str
    due_with_suppliers_at: str
    limit: str

    RESPONSE = "respond", "response", "responded"
    RESOLUTION = "resolve", "resolution", "resolved"

    def __new__(cls, verb: str, noun: str, participle: str) -> "Step":
        step = object.__new__(cls)
        step._value_ = verb
        return step

    def __init__(self, verb: str, noun: str, participle: str) -> None:
        self.verb, self.noun, self.participle = verb, noun, participle
        # The fields of an incident that tell when it was done, is due, and comes to be at risk.
        self.done_at = f"{participle}_at"
        self.due_at = f"{verb}_due_at"
        self.at_risk_at = f"{verb}_at_risk_at"
        # When it would be due if time on hold for suppliers counted.
        self.due_with_suppliers_at = f"{verb}_due_with_suppliers_at"
        self.limit = f"{verb}_minutes"

    @property
    def met(self) -> Q:
        return Q(**{f"{self.done_at}__lte": F(self.due_at)})

    def missed(self, as_at: datetime) -> Q:
        late = Q(**{f"{self.done_at}__gt": F(self.due_at)})
        return late | self.overdue(as_at)

    @property
    def waiting(self) -> Q:
        return Q(**{f"{self.done_at}__isnull": True, "resolved_at__isnull": True})

    def overdue(self, as_at: datetime) -> Q:
        return self.waiting & Q(**{f"{self.due_at}__lt": as_at})

    def at_risk(self, as_at: datetime) -> Q:
        """Not done, not yet overdue, and three quarters of its time used."""
        near = Q(**{f"{self.at_risk_at}__lte": as_at, f"{self.due_at}__gte": as_at})
        return self.waiting & near

    def judged(self, as_at: datetime) -> Q:
        """Met or missed, in fewer comparisons: every month's counting asks for it."""
        done = Q(**{f"{self.done_at}__isnull": False, f"{self.due_at}__isnull": False})
        return done | self.overdue(as_at)

    def outcome(self, row: Any, as_at: datetime, *, with_suppliers: bool = False) -> bool | None:
        """Judge one incident, or whatever has its fields: met, missed, or None if not judged.

        with_suppliers: as if time on hold for suppliers counted.
        """
        due: datetime | None = getattr(
            row, self.due_with_suppliers_at if with_suppliers else self.due_at
        )
        done: datetime | None = getattr(row, self.done_at)
        if due is None:
            return None
        if done is not None:
            return done <= due
        return False if row.resolved_at is None and due < as_at else None
