"""The committee report of a month: everything that page and paper print, gathered and frozen.

Each module imports only what stands to its left:

versions ► values ► narrative, promises, appendix, sections ► gather
"""

from reports.committee.gather import report_of
from reports.committee.values import CommitteeReportContent
from reports.committee.versions import NoSuchVersion, Version

__all__ = ["CommitteeReportContent", "NoSuchVersion", "Version", "report_of"]
