"""What narrows the lists: each filter stands in the address under its name.

Each module imports only what stands to its left: narrowing ► states ► incidents, problems;
narrowing ► people, lists, history
"""

from incidents.filters.history import HistoryFilter
from incidents.filters.incidents import IncidentFilter
from incidents.filters.lists import KeptFilter
from incidents.filters.people import PersonFilter
from incidents.filters.problems import ProblemRecordFilter

__all__ = [
    "HistoryFilter",
    "IncidentFilter",
    "KeptFilter",
    "PersonFilter",
    "ProblemRecordFilter",
]
