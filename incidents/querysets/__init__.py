"""Which rows: every selection has its name here, and no view filters by raw columns.

Each module imports only what stands to its left: referenced ► incidents ► problems, catalogue
"""

from incidents.querysets.catalogue import (
    PriorityQuerySet,
    called,
    suggested_for,
    used_by,
    written_differently,
)
from incidents.querysets.incidents import IncidentQuerySet
from incidents.querysets.problems import ProblemRecordQuerySet
from incidents.querysets.referenced import ReferencedQuerySet

__all__ = [
    "IncidentQuerySet",
    "PriorityQuerySet",
    "ProblemRecordQuerySet",
    "ReferencedQuerySet",
    "called",
    "suggested_for",
    "used_by",
    "written_differently",
]
