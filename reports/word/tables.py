"""Tables with real heading rows, which repeat on every page and are known to screen readers."""

from xml.etree.ElementTree import Element

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row

from reports.word.inline import HTML, add_inline, plain
from reports.word.pictures import SVG, add_picture, width_of

WIDE = 8  # columns, from which on the type is smaller
SIZE, SMALL = Pt(9), Pt(7)
PICTURES = ("Picture", "What it shows")
HEADING_GROUND = "E7EEF9"
WIDTH = Mm(174)  # of the page less its margins
LEAST_LETTERS = 9.0
MOST_LETTERS = 45  # beyond which a column gets no wider: its text runs over several lines


def add_table(document: WordDocument, element: Element) -> None:
    """Write a table, its caption above it."""
    rows = list(element.iter(f"{HTML}tr"))
    width = max((sum(map(span_of, cells_of(row))) for row in rows), default=0)
    if not width:
        return
    caption = plain(element.find(f"{HTML}caption"))
    if caption:
        document.add_paragraph(caption, style="Caption")
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    describe(table, caption)
    table.autofit = False
    widths = widths_for(rows, width)
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = column_width
    headings = set(element.findall(f"{HTML}thead/{HTML}tr"))
    for row in rows:
        size = SMALL if width > WIDE else SIZE
        add_row(table, row, is_heading=row in headings, size=size)
    document.add_paragraph()


def widths_for(rows: list[Element], columns: int) -> list[Length]:
    """Share the width out by what stands in the columns: the longest word, the usual length."""
    least = LEAST_LETTERS if columns <= WIDE else LEAST_LETTERS / 2
    letters = [[least] for _ in range(columns)]
    for row in rows:
        cells = cells_of(row)
        if len(cells) == columns:
            for cell, found in zip(cells, letters, strict=True):
                words = plain(cell).split()
                longest = max(map(len, words), default=0)
                found.append(max(longest, min(len(" ".join(words)), MOST_LETTERS) * 0.7))
    weights = [max(found) + sum(found) / len(found) for found in letters]
    return [Length(int(WIDTH * weight / sum(weights))) for weight in weights]


def cells_of(row: Element) -> list[Element]:
    return [each for each in row if each.tag in (f"{HTML}th", f"{HTML}td")]


def span_of(cell: Element) -> int:
    return int(cell.get("colspan", "1"))


def add_row(table: Table, element: Element, is_heading: bool, size: Length) -> None:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    mark(row, "w:cantSplit")
    if is_heading:
        mark(row, "w:tblHeader")
    # Asked once: the library looks for them anew each time.
    cells, at = row.cells, 0
    for each in cells_of(element):
        cell = cells[at]
        at += span_of(each)
        if span_of(each) > 1:
            cell = cell.merge(cells[at - 1])
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        # No heading row stands alone at the foot of a page.
        paragraph.paragraph_format.keep_with_next = is_heading
        add_inline(paragraph, each)
        for run in paragraph.runs:
            run.font.size = size
        if is_heading:
            shade(cell)


def mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def shade(cell: _Cell) -> None:
    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:fill"), HEADING_GROUND)
    cell._tc.get_or_add_tcPr().append(ground)


def add_pictures(document: WordDocument, element: Element) -> None:
    """Write pictures with their words beside them, one to a row."""
    table = document.add_table(rows=1, cols=len(PICTURES), style="Table Grid")
    table.autofit = False
    widest = max((width_of(svg) for svg in element.iter(f"{SVG}svg")), default=Mm(0))
    beside = Length(widest + Mm(6))
    for column, width in zip(table.columns, (beside, Length(WIDTH - beside)), strict=True):
        column.width = width
    add_headings(table)
    for block in element:
        row = table.add_row()
        mark(row, "w:cantSplit")
        for svg in block.iter(f"{SVG}svg"):
            add_picture(row.cells[0].paragraphs[0].add_run(), svg)
        for words in block.iter(f"{HTML}p"):
            add_inline(row.cells[1].paragraphs[0], words)
    document.add_paragraph()


def add_headings(table: Table) -> None:
    row = table.rows[0]
    mark(row, "w:cantSplit")
    mark(row, "w:tblHeader")
    for cell, heading in zip(row.cells, PICTURES, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        shade(cell)


def describe(table: Table, caption: str) -> None:
    """Tell screen readers what a table holds."""
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    table._tbl.tblPr.append(title)
