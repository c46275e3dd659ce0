"""From the HTML of the paper to a document, block by block."""

import io
from xml.etree.ElementTree import Element

from docx.document import Document as WordDocument
from tinyhtml5 import parse

from reports.committee import CommitteeReportContent
from reports.pdf import html_of
from reports.word.inline import HTML, add_inline
from reports.word.lists import LISTS, add_list
from reports.word.page import empty_document
from reports.word.tables import add_pictures, add_table

HEADINGS = {f"{HTML}h{level}": level for level in range(1, 6)}
LEADS_ON = "numbered"
# What holds several pictures, each with its words.
PICTURES = {"dials", "trends"}


def docx_of(report: CommitteeReportContent) -> bytes:
    """Write a report as a Word document."""
    document = empty_document(report)
    body = parse(html_of(report)).find(f"{HTML}body")
    if body is not None:
        add_blocks(document, body)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add_blocks(document: WordDocument, parent: Element) -> None:
    for element in parent:
        add_block(document, element)


def add_block(document: WordDocument, element: Element) -> None:
    tag, names = element.tag, element.get("class", "").split()
    if tag in HEADINGS:
        add_inline(document.add_heading(level=HEADINGS[tag]), element)
    elif tag in LISTS:
        add_list(document, element)
    elif tag == f"{HTML}table":
        add_table(document, element)
    elif tag == f"{HTML}p":
        paragraph = document.add_paragraph()
        # It says what the table after it shows.
        paragraph.paragraph_format.keep_with_next = LEADS_ON in names
        add_inline(paragraph, element)
    elif PICTURES & set(names):
        add_pictures(document, element)
    else:
        add_blocks(document, element)
