"""The figures for programs: one document, and the same as rows for a spreadsheet.

numbers ► service_levels ► document ► sheet
"""

from reports.exports.document import document
from reports.exports.sheet import as_csv, rows

__all__ = ["as_csv", "document", "rows"]
