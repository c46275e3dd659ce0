"""The report as a Word document: real headings, real tables, pictures that say what they show."""

import io
import re
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from incidents.models import Organisation
from reports.committee import Version, report_of
from reports.word import docx_of
from tests.builders import MARCH, committee_report, incident, organisation
from tests.sample import lay_sample_months, lay_sample_narrative

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> =1+1 &amp; ]]> \u202eright to left 数据 😀 " + "long" * 2_000


def written(version: Version = Version.FULL) -> bytes:
    return docx_of(report_of(MARCH, list(Organisation.objects.all()), version))


def opened(content: bytes) -> WordDocument:
    return Document(io.BytesIO(content))


def headings(document: WordDocument) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name.removeprefix("Heading ")), paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style and str(paragraph.style.name).startswith("Heading ")
    ]


def everything(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(
            file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))
        )


@pytest.fixture
def march() -> WordDocument:
    lay_sample_months()
    lay_sample_narrative()
    return opened(written())


def test_its_headings_are_real_and_none_skips_a_level(march: WordDocument) -> None:
    found = headings(march)
    assert found[0] == (1, "IT service delivery: summary – March 2019")
    titles = [title for _, title in found]
    for title in ("Summary", "Recommendations", "Main report", "Appendix"):
        assert (2, title) in found
    assert titles.index("City of London Corporation") < titles.index("P1 incidents")
    levels = [level for level, _ in found]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_repeats_its_headings_and_no_row_is_torn(march: WordDocument) -> None:
    assert len(march.tables) > 10
    for table in march.tables:
        for row in table.rows:
            assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    services = next(each for each in march.tables if "Affected service" in each.cell(0, 0).text)
    assert services.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert "Mosaic" in services.cell(1, 0).text


def test_every_picture_says_what_it_shows(march: WordDocument) -> None:
    pictures = list(march.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 17
    said = [each.get("descr") for each in pictures]
    assert all(said)
    assert "50%, target 98%" in said


def test_it_is_in_english_and_says_whose_it_is(march: WordDocument) -> None:
    properties = march.core_properties
    assert properties.title == "IT service delivery: summary, March 2019"
    assert properties.language == "en-GB"
    assert properties.author == "Deputy IT Director, Service Director"
    language = march.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    assert march.sections[0].header.paragraphs[0].text == (
        "Not public: holds 1 problem record not for publication – DRAFT"
    )


def test_it_says_what_the_paper_says(march: WordDocument) -> None:
    text = "\n".join(paragraph.text for paragraph in march.paragraphs)
    assert "There were 2 P1 incidents for City of London Corporation" in text
    cells = {cell.text for table in march.tables for row in table.rows for cell in row.cells}
    assert "2 of 2 incidents" in cells


def test_a_marked_incident_is_nowhere_in_the_public_version() -> None:
    organisation()
    committee_report()
    incident(
        affected_service="Informants",
        reason="Spymaster was unplugged.",
        not_for_publication=True,
        publication_ground="Paragraph 7",
    )
    assert "Spymaster" in everything(written())
    public = everything(written(Version.PUBLIC))
    assert "Spymaster" not in public
    assert "Informants" not in public
    assert "Paragraph 7" in public


def test_hostile_text_stays_text() -> None:
    organisation()
    incident(reason=HOSTILE, affected_service="<b>Bold & brash</b>")
    document = opened(written())
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("<script>alert(1)</script> =1+1 &amp; ]]>" in text for text in cells)
    assert any(text.startswith("<b>Bold & brash</b>") for text in cells)


def test_an_empty_month_is_a_document_too() -> None:
    text = "\n".join(paragraph.text for paragraph in opened(written()).paragraphs)
    assert re.search(r"There were no P1 or P2 incidents", text)


LISTS = """\
1. a
2. b **bold** [here](https://x.org/)

   - b1
   - b2
     1. b21

   b goes on

First break.

5. e
6. f"""


def test_lists_stand_within_lists_and_each_counts_from_its_own_beginning() -> None:
    committee_report(closing_statement=LISTS)
    document = opened(written())
    at = next(place for place, each in enumerate(document.paragraphs) if each.text == "a")
    found = document.paragraphs[at : at + 9]
    assert [(each.style and each.style.name, each.text.strip()) for each in found] == [
        ("List Number", "a"),
        ("List Number", "b bold here (https://x.org/)"),
        ("List Bullet 2", "b1"),
        ("List Bullet 2", "b2"),
        ("List Number 3", "b21"),
        ("List Continue", "b goes on"),
        ("Normal", "First break."),
        ("List Number", "e"),
        ("List Number", "f"),
    ]
    a, b, e, f = (found[place]._p.xpath(".//w:numId/@w:val") for place in (0, 1, 7, 8))
    assert a == b != e == f
    starts = document.part.numbering_part.element.xpath(".//w:startOverride/@w:val")
    assert starts == ["1", "1", "5"]
