"""Tables of the lists: which columns, in which words, sorted by what.

Each module imports only what stands to its left: drawing ► records, people, kept
"""

from incidents.tables.drawing import PER_PAGE, badge
from incidents.tables.kept import (
    AccreditationTable,
    KeptTable,
    NamedTable,
    OfferedTable,
    PriorityTable,
    ScoreTargetTable,
)
from incidents.tables.people import PersonTable
from incidents.tables.records import IncidentTable, ProblemRecordTable

__all__ = [
    "PER_PAGE",
    "AccreditationTable",
    "IncidentTable",
    "KeptTable",
    "NamedTable",
    "OfferedTable",
    "PersonTable",
    "PriorityTable",
    "ProblemRecordTable",
    "ScoreTargetTable",
    "badge",
]
