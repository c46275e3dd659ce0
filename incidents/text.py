"""What a person may type: text, without the characters that no page or paper can show."""

import re
import unicodedata

from django.core.exceptions import ValidationError

LINE_BREAKS_AND_TABS = "\n\r\t"
# Cc: control characters such as NUL, Cs: half of a pair, Cn below: points that are no characters.
UNPRINTABLE = {"Cc", "Cs"}
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
# Addresses of their own stand where a reference would: /incidents/new/, /incidents/export.csv.
NO_REFERENCES = {"new", "export.csv"}
# A spreadsheet takes a cell that begins so for a formula. The wide forms count in East Asia.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def is_unprintable(character: str) -> bool:
    if character in LINE_BREAKS_AND_TABS:
        return False
    point = ord(character)
    no_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return no_character or unicodedata.category(character) in UNPRINTABLE


def plain_text(text: str) -> None:
    """Refuse text that holds a character which cannot be printed.

    Such a character makes a PDF invalid, and half of a surrogate pair cannot be stored at all.
    Raises ValidationError that names each character by its code point.
    """
    if text.isprintable():
        return
    found = sorted({f"U+{ord(character):04X}" for character in text if is_unprintable(character)})
    if found:
        raise ValidationError(
            "Remove the characters that cannot be printed: %(found)s.",
            code="unprintable",
            params={"found": ", ".join(found)},
        )


def reference_text(text: str) -> None:
    """Refuse a reference that cannot stand in an address. Raises ValidationError."""
    if not REFERENCE.fullmatch(text):
        raise ValidationError(
            "A reference holds letters, digits, full stops, hyphens and underscores alone, and "
            "begins with a letter or digit: INC-000001.",
            code="reference",
        )
    if text.lower() in NO_REFERENCES:
        raise ValidationError(f"“{text}” is a word of the addresses here.", code="reference")


def as_cell(text: str) -> str:
    """Return text for a cell of a CSV file, with an apostrophe before what begins a formula.

    `from_cell` takes the apostrophe away again, so that a file can be read back unchanged.
    """
    return f"'{text}" if FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """Return the text that `as_cell` made the cell from."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
