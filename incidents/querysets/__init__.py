"""Which rows: every selection has its name here, and no view filters by raw columns.

Each module imports only what stands to its left: referenced ► incidents ► problems, catalogue;
referenced ► past
"""

from incidents.querysets.catalogue import (
    PriorityQuerySet,
    called,
    suggested_for,
    used_by,
    written_differently,
)
from incidents.querysets.incidents import IncidentQuerySet
from incidents.querysets.past import DeletedIncidentQuerySet, HistoryQuerySet, NeverChanged
from incidents.querysets.problems import ProblemRecordQuerySet
from incidents.querysets.referenced import ReferencedQuerySet

__all__ = [
    "DeletedIncidentQuerySet",
    "HistoryQuerySet",
    "IncidentQuerySet",
    "NeverChanged",
    "PriorityQuerySet",
    "ProblemRecordQuerySet",
    "ReferencedQuerySet",
    "called",
    "suggested_for",
    "used_by",
    "written_differently",
]
