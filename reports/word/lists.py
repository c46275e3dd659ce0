"""Lists, also one within another, each numbered from its own beginning."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reports.word.inline import HTML, add_inline, plain

NUMBERED = f"{HTML}ol"
LISTS = {f"{HTML}ul": "List Bullet", NUMBERED: "List Number"}
GOES_ON = "List Continue"
DEEPEST = 3  # for which Word has a style of its own


def add_list(document: WordDocument, element: Element, depth: int = 1) -> None:
    """Write a list; what follows a list within an item goes on under that item."""
    style, number = of_depth(LISTS[element.tag], depth), None
    if element.tag == NUMBERED:
        number = new_numbering(document, style, int(element.get("start", "1")))
    for item in element.findall(f"{HTML}li"):
        paragraph = add_item(document, item, style, depth)
        if number is not None:
            number_by(paragraph, number)


def add_item(document: WordDocument, item: Element, style: str, depth: int) -> Paragraph:
    """Write an item and the lists within it; return its first paragraph."""
    words, *rest = pieces(item)
    first = document.add_paragraph(style=style)
    add_inline(first, words)
    for piece in rest:
        if piece.tag in LISTS:
            add_list(document, piece, depth + 1)
        elif plain(piece):
            add_inline(document.add_paragraph(style=of_depth(GOES_ON, depth)), piece)
    return first


def pieces(item: Element) -> Iterator[Element]:
    """Yield what an item says, and each list within it, in their order."""
    words = Element(item.tag)
    words.text = item.text
    for child in item:
        if child.tag in LISTS:
            yield words
            yield child
            words = Element(item.tag)
            words.text = child.tail
        else:
            words.append(child)
    yield words


def of_depth(style: str, depth: int) -> str:
    return style if depth == 1 else f"{style} {min(depth, DEEPEST)}"


def new_numbering(document: WordDocument, style: str, start: int) -> int:
    """Begin to count anew, as a style counts; Word would go on from the list before."""
    numbering = document.part.numbering_part.element
    usual = document.styles[style].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    kinds = {
        each.get(qn("w:numId")): each.find(qn("w:abstractNumId")).get(qn("w:val"))
        for each in numbering.findall(qn("w:num"))
    }
    number = numbering.add_num(int(kinds[usual]))
    number.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(number.numId)


def number_by(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
