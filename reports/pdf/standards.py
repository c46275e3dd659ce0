"""What PDF/UA-1 and PDF/A-3a, both at once, ask of a file beyond what the printer writes."""

from typing import Any

# The printer names one standard in the file's metadata. The second is named here, with the schema
# by which PDF/A lets it be named. Source: ISO 14289-1, 5; ISO 19005-3, 6.6.2.3.
NAMES_PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is kept to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class NotDrawable(Exception):
    """Letters that no font of this machine has: with them the file would be invalid."""

    def __init__(self, letters: frozenset[str]) -> None:
        super().__init__(letters)
        self.letters = letters


def finish_if_drawn(document: Any, printed: Any) -> None:
    """Complete a file in which every letter is drawn. Raises NotDrawable for another."""
    missing = {chr(point) for font in document.fonts.values() for point in font.missing}
    if missing:
        raise NotDrawable(frozenset(missing))
    finish(document, printed)


def finish(document: object, printed: Any) -> None:
    """Complete a file before it is written: its glyphs, and the standards that it names."""
    give_headings_a_scope(printed.objects)
    for each in printed.objects:
        lines = getattr(each, "stream", None)
        if not isinstance(lines, list):
            continue
        name_every_glyph(lines)
        if each.extra.get("Type") == "/Metadata":
            lines[:] = [line.replace(b"</rdf:RDF>", NAMES_PDF_UA) for line in lines]
            # Archives read the metadata without unpacking it.
            each.compress = False
        if "Interpolate" in each.extra:
            # Pictures of emoji: PDF/A shows every dot as it is.
            each.extra["Interpolate"] = "false"
        while each.data.endswith(b"\r\nendstream"):
            # The last byte and the end of the line would be taken for one line end of two.
            lines.append(b"")


def give_headings_a_scope(objects: list[Any]) -> None:
    """Say of every table heading whether it is a column's or a row's; HTML says it already.

    The printer ties cells to headings by their names alone, which not every reader follows.
    """
    for each in objects:
        if isinstance(each, dict) and each.get("S") == "/TH":
            row = parent_of(each, objects)
            in_head = parent_of(row, objects).get("S") == "/THead"
            each["A"]["Scope"] = "/Column" if in_head else "/Row"


def parent_of(element: dict[str, Any], objects: list[Any]) -> dict[str, Any]:
    """Follow a reference such as b"12 0 R" to the element around one."""
    parent: dict[str, Any] = objects[int(element["P"].split()[0])]
    return parent


def name_every_glyph(lines: list[bytes]) -> None:
    """Give a text to the glyphs that have none: marks drawn apart from their letter.

    Thai, pointed Hebrew and others are drawn so. The letter carries the text of both, and a space
    without width stands for the mark; a glyph without any text would make the PDF invalid.
    """
    if b"begincmap" in lines:
        lines[:] = [
            line.removesuffix(b"<>") + b"<200b>" if line.endswith(b" <>") else line
            for line in lines
        ]
