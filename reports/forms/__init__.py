"""What a person types for the report.

Each module imports only what stands to its left: rows ► narrative ► parts;
carried, doubts, parts ► report ► typed;  publishing, uploads, glossary
"""

from reports.forms.publishing import PublishForm
from reports.forms.report import ReportForms

__all__ = ["PublishForm", "ReportForms"]
