"""What a person types for the report.

Each module imports only what stands to its left: rows ► narrative ► report
"""

from reports.forms.report import ReportForms

__all__ = ["ReportForms"]
