"""Our own pictures for Word, which knows no SVG that carries its own words."""

import io
from functools import lru_cache
from xml.etree import ElementTree

from docx.shared import Mm
from docx.text.run import Run
from resvg_py import svg_to_bytes

from reports.tokens import ON_PAPER

SVG = "{http://www.w3.org/2000/svg}"
MM_PER_UNIT = 0.19  # of a picture's own units, so that a dial is 38 mm wide
ZOOM = 3.0
FONT = "Open Sans"


def add_picture(run: Run, svg: ElementTree.Element) -> None:
    """Put a picture into a paragraph, with its title as the text for those who do not see it."""
    drawn = png(as_text(svg))
    picture = run.add_picture(io.BytesIO(drawn), width=width_of(svg))
    title = svg.findtext(f"{SVG}title", "")
    described = picture._inline.docPr
    described.set("descr", title)
    described.set("name", f"Picture {described.get('id')}")


def width_of(svg: ElementTree.Element) -> Mm:
    """How wide a picture is on paper."""
    return Mm(float(svg.get("width", "200")) * MM_PER_UNIT)


def as_text(svg: ElementTree.Element) -> str:
    """Write a picture out again, its namespace named once: HTML names it as an attribute too."""
    for name in [name for name in svg.attrib if name.endswith("xmlns")]:
        del svg.attrib[name]
    return ElementTree.tostring(svg, encoding="unicode")


@lru_cache(maxsize=200)
def png(svg: str) -> bytes:
    """Draw a picture in pixels. The same picture is drawn once while a process lives."""
    return bytes(
        svg_to_bytes(svg_string=svg, zoom=ZOOM, font_family=FONT, background=ON_PAPER["sheet"])
    )
