"""A committee report on paper: the only home of WeasyPrint.

fitting, standards ► printing
"""

from reports.pdf.printing import html_of, pdf_of

__all__ = ["html_of", "pdf_of"]
