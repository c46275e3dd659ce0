"""The paper as its readers meet it: its structure, its page breaks, its pictures in grey."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from resvg_py import svg_to_bytes

from incidents.models import Organisation
from reports.committee import Version, report_of
from reports.pdf import pdf_of
from reports.tokens import ON_PAPER
from reports.verdicts import Verdict
from tests.builders import MARCH, committee_report, incident
from tests.hostile import HOSTILE
from tests.reports.test_pdf import failures
from tests.sample import lay_sample_months, lay_sample_narrative

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADINGS = {f"/H{level}" for level in range(1, 6)}
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">'
    '<rect width="4" height="4" fill="{colour}"/></svg>'
)
PDFTOPPM = shutil.which("pdftoppm") or "pdftoppm"
LIGHTER_BY = 60  # of 256 steps of grey, so that two neighbours are told apart on any printer


@dataclass
class Element:
    """One element of the structure that a screen reader follows, with the pages that it is on."""

    tag: str
    facts: DictionaryObject
    pages: set[int] = field(default_factory=set)
    marks: list[tuple[int, int]] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.all()


def structure(pdf: bytes) -> tuple[PdfReader, Element]:
    reader = PdfReader(io.BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    root: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    return reader, element_of(root["/K"][0].get_object(), numbers)


def element_of(facts: Any, numbers: dict[int, int]) -> Element:
    element = Element(str(facts.get("/S")), facts)
    kids = facts.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            page = numbers[facts.raw_get("/Pg").idnum]
            element.pages.add(page)
            element.marks.append((page, int(kid)))
        elif kid.get_object().get("/Type") != "/OBJR":
            child = element_of(kid.get_object(), numbers)
            element.children.append(child)
            element.pages |= child.pages
    return element


@cache
def papers() -> dict[tuple[str, Version], bytes]:
    return {}


@pytest.fixture(
    params=product(("March 2019", "200 incidents"), Version),
    ids=lambda of: f"{of[0]}, {of[1].value}",
)
def paper(request: pytest.FixtureRequest) -> bytes:
    """March 2019, and a month of 200 incidents with the ugliest texts; each printed once."""
    return printed_once(*request.param)


def printed_once(name: str, version: Version) -> bytes:
    if (name, version) not in papers():
        lay_march() if name == "March 2019" else lay_many()
        report = report_of(MARCH, list(Organisation.objects.all()), version)
        papers()[name, version] = pdf_of(report)
    return papers()[name, version]


def lay_march() -> None:
    lay_sample_months()
    lay_sample_narrative()


def lay_many() -> None:
    """200 incidents, one in seven of them marked; the whole of each text stands somewhere."""
    texts = list(HOSTILE.values())
    committee_report(opening_statement="\n\n".join(texts))
    for number in range(200):
        text = texts[number % len(texts)]
        incident(
            affected_service=f"{number % 40} {text[:50]}",
            supplier=text[:80],
            cause="external",
            priority="P1" if number % 3 else "P2",
            takes=600 if number % 2 else 60,
            reason=text if number < len(texts) else text[: 100 * (number % 4)],
            resolution=text[:150],
            breach_reason=text[:100],
            not_for_publication=number % 7 == 6,
            publication_ground=text[:60] if number % 7 == 6 else "",
        )


def test_the_validator_finds_nothing(paper: bytes) -> None:
    assert failures(paper) == ""


def test_it_names_its_language_and_shows_its_title(paper: bytes) -> None:
    reader, _ = structure(paper)
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "IT service delivery: summary, March 2019"


def test_every_table_heading_says_what_it_heads(paper: bytes) -> None:
    _, document = structure(paper)
    headings = [each for each in document.all() if each.tag == "/TH"]
    scopes = [each.facts["/A"]["/Scope"] for each in headings]  # type: ignore[index]
    assert set(scopes) == {"/Row", "/Column"}
    head = next(each for each in document.all() if each.tag == "/THead")
    in_head = [each.facts["/A"]["/Scope"] for each in head.all() if each.tag == "/TH"]  # type: ignore[index]
    assert set(in_head) == {"/Column"}


def test_every_picture_has_words(paper: bytes) -> None:
    _, document = structure(paper)
    pictures = [each for each in document.all() if each.tag == "/Figure"]
    assert len(pictures) >= 13
    assert all(str(each.facts.get("/Alt", "")).strip() for each in pictures)


def test_it_is_read_page_by_page(paper: bytes) -> None:
    reader, document = structure(paper)
    pages = [page for each in document.all() for page, _ in each.marks]
    assert pages == sorted(pages)
    assert set(pages) == set(range(len(reader.pages)))


def test_no_heading_stands_alone_at_the_foot_of_a_page(paper: bytes) -> None:
    _, document = structure(paper)
    blocks = [each for each in document.all() if each.pages and each.tag != "/Part"]
    for at, each in enumerate(blocks):
        if each.tag in HEADINGS:
            inside = {id(part) for part in each.all()}
            after = next(other for other in blocks[at + 1 :] if id(other) not in inside)
            assert min(after.pages) == max(each.pages), each.facts


def test_no_row_is_torn(paper: bytes) -> None:
    _, document = structure(paper)
    rows = [each for each in document.all() if each.tag == "/TR" and each.pages]
    assert len(rows) > 50
    # What is longer than a page goes on for several; a row that is torn stands on two.
    assert [each for each in rows if len(each.pages) == 2] == []


@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.CLOSE, Verdict.MISSED])
def test_a_dial_is_read_without_colour(verdict: Verdict) -> None:
    track, value = grey_of(ON_PAPER["track"]), grey_of(verdict.colour)
    assert track - value > LIGHTER_BY


def test_each_verdict_has_a_shape_and_a_word_of_its_own() -> None:
    assert len({each.shape for each in Verdict}) == len(Verdict)
    assert len({each.word for each in Verdict}) == len(Verdict)


def test_the_gauges_of_march_tell_their_verdicts_in_grey(tmp_path: Path) -> None:
    file = tmp_path / "march.pdf"
    file.write_bytes(printed_once("March 2019", Version.FULL))
    pages = [each.extract_text() for each in PdfReader(file).pages]
    number = next(n for n, text in enumerate(pages, 1) if "Gauges to monitor" in text)
    # The word and its shape stand beside each dial.
    assert pages[number - 1].count("★ met") == 4
    assert pages[number - 1].count("▲ missed") == 2
    only = ["-f", f"{number}", "-l", f"{number}", "-singlefile"]
    picture = tmp_path / "page"
    subprocess.run([PDFTOPPM, "-gray", "-png", "-r", "60", *only, file, picture], check=True)
    shades = Image.open(picture.with_suffix(".png")).convert("L").histogram()
    dials = sum(shades[LIGHTER_BY : 2 * LIGHTER_BY])
    track = sum(shades[grey_of(ON_PAPER["track"]) - 4 : grey_of(ON_PAPER["track"]) + 5])
    assert min(dials, track) > 500


def grey_of(colour: str) -> int:
    """How light a colour is in grey, from 0 to 255, as a printer sees it."""
    square = SQUARE.format(colour=colour)
    picture = Image.open(io.BytesIO(bytes(svg_to_bytes(svg_string=square)))).convert("L")
    return int(picture.getpixel((1, 1)))  # type: ignore[arg-type]
