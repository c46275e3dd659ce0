"""Words within a paragraph: bold, line breaks, blanks as HTML means them."""

import re
from xml.etree.ElementTree import Element

from docx.text.paragraph import Paragraph

from reports.word.pictures import SVG, add_picture

HTML = "{http://www.w3.org/1999/xhtml}"
BLANKS = re.compile(r"[ \t\r\n]+")
BOLD = {f"{HTML}strong", f"{HTML}b", f"{HTML}th"}
BLOCKS = {f"{HTML}{name}" for name in ("p", "div", "ul", "ol", "table")}
# On a line of its own in a cell, beside other words elsewhere.
OWN_LINE = "reference"


def add_inline(paragraph: Paragraph, element: Element, bold: bool = False) -> None:
    """Write what stands in an element, from its first word to its last."""
    bold = bold or element.tag in BOLD
    add_text(paragraph, element.text, bold)
    for child in element:
        if child.tag == f"{HTML}br":
            paragraph.add_run().add_break()
        elif child.tag == f"{SVG}svg":
            add_picture(paragraph.add_run(), child)
        else:
            own_line = child.tag in BLOCKS or OWN_LINE in child.get("class", "").split()
            if own_line and paragraph.text.strip():
                paragraph.add_run().add_break()
            add_inline(paragraph, child, bold and not own_line)
        add_text(paragraph, child.tail, bold)


def add_text(paragraph: Paragraph, text: str | None, bold: bool) -> None:
    """Write words, blanks run together, none at the start of a line."""
    words = BLANKS.sub(" ", text or "")
    if not paragraph.text or paragraph.text.endswith(("\n", " ")):
        words = words.lstrip(" ")
    if words:
        paragraph.add_run(words).bold = bold or None


def plain(element: Element | None) -> str:
    """Return the words of an element without any form."""
    return BLANKS.sub(" ", "".join(element.itertext())).strip() if element is not None else ""
