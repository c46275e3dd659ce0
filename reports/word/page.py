"""The page of the Word document: paper, type, language, running head and foot."""

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.committee import CommitteeReportContent

FONT = "Open Sans"
LANGUAGE = "en-GB"
INK, SOFT = RGBColor(0x16, 0x20, 0x2E), RGBColor(0x4A, 0x56, 0x67)
SIZES = {1: 20, 2: 15, 3: 12.5, 4: 11, 5: 10.5}


def empty_document(report: CommitteeReportContent) -> WordDocument:
    """Return a document with its page and its properties, and nothing in it yet."""
    document = Document()
    set_type(document)
    set_paper(document.sections[0])
    set_properties(document, report)
    head = document.sections[0].header.paragraphs[0]
    head.text = f"{report.classification}{' – DRAFT' if report.is_draft else ''}"
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")
    return document


def set_type(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10), INK
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    for level, size in SIZES.items():
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.bold, style.font.italic = True, False
        style.paragraph_format.space_before = Pt(size)
        # The headings of the template name a typeface by its theme, which would win.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
    caption = document.styles["Caption"]
    caption.font.size, caption.font.color.rgb, caption.font.bold = Pt(9), SOFT, False
    caption.paragraph_format.keep_with_next = True


def set_paper(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)


def set_properties(document: WordDocument, report: CommitteeReportContent) -> None:
    properties = document.core_properties
    authors = ", ".join(each.name for each in report.narrative.authors)
    properties.title = report.title
    properties.author = authors or report.narrative.report_of
    properties.last_modified_by = ""
    properties.comments = ""
    properties.subject = f"Committee report on the IT service in {report.month.label}"
    properties.language = LANGUAGE
    properties.created = properties.modified = report.figures.as_at.replace(tzinfo=None)


def add_field(paragraph: Paragraph, name: str) -> None:
    """Add what Word works out by itself, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)
