"""The rows of the reading: what persons write for the committee report.

Each module imports only what stands to its left: report, glossary, edition
"""

from reports.models.edition import Edition, EditionFile, NeverChanged, NeverDeleted
from reports.models.glossary import GlossaryTerm
from reports.models.report import CommitteeReport, Improvement, ReportAuthor, ReportCommittee

__all__ = [
    "CommitteeReport",
    "Edition",
    "EditionFile",
    "GlossaryTerm",
    "Improvement",
    "NeverChanged",
    "NeverDeleted",
    "ReportAuthor",
    "ReportCommittee",
]
