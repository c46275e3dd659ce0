"""A committee report as a Word document: the only home of python-docx and resvg.

It is made from the same HTML as the paper, so that both always say the same.

pictures ► inline ► tables, lists; page; tables, lists, page ► document
"""

from reports.word.document import docx_of

__all__ = ["docx_of"]
