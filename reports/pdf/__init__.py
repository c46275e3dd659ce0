"""A committee report on paper: the only home of WeasyPrint.

fitting, standards ► printing
"""

from reports.pdf.printing import file_name, html_of, pdf_of

__all__ = ["file_name", "html_of", "pdf_of"]
