"""What a person may type: text, without the characters that no page or paper can show."""

import re
import unicodedata

from django.core.exceptions import ValidationError

LINE_BREAKS_AND_TABS = "\n\r\t"
# Cc: control characters such as NUL, Cs: half of a pair, Cn below: points that are no characters.
UNPRINTABLE = {"Cc", "Cs"}
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
# Two letters are joined, or kept from it, by these: in Persian or Hindi, and in emoji.
JOINERS = "\u200c\u200d"
# What says in a file that an incident is, or is not, left out of publication.
TRUE_WORDS = {"yes", "true", "1"}
FALSE_WORDS = {"", "no", "false", "0"}
# Addresses of their own stand where a reference would: /incidents/new/, /incidents/export.csv.
NO_REFERENCES = {"new", "deleted", "export.csv"}
# A spreadsheet takes a cell that begins so for a formula. The wide forms count in East Asia.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def one_line(text: str) -> str:
    """Return the text without blanks at its ends, every run of blanks within as one."""
    return " ".join(text.split())


def same_name(text: str) -> str:
    """Return what two spellings of one name have in common: neither capitals nor blanks count."""
    return one_line(text).casefold()


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


def one_line_text(text: str) -> None:
    """Refuse, in a name or a title, what `plain_text` refuses and what nobody can see.

    Such a character makes two names look alike, or turns the letters after it round. Raises
    ValidationError that names each character by its code point.
    """
    plain_text(text)
    if text.isprintable():
        return
    found = {f"U+{ord(text[at]):04X}" for at in range(len(text)) if is_invisible(text, at)}
    if found:
        raise ValidationError(
            "Remove the characters that cannot be seen: %(found)s.",
            code="unprintable",
            params={"found": ", ".join(sorted(found))},
        )


def is_invisible(text: str, at: int) -> bool:
    """Tell whether a character only steers others (category Cf), and joins no two of them."""
    if unicodedata.category(text[at]) != "Cf":
        return False
    beside = (text[:at][-1:], text[at + 1 :][:1])
    return text[at] not in JOINERS or not all(map(is_seen, beside))


def is_seen(character: str) -> bool:
    return bool(character.strip()) and unicodedata.category(character) != "Cf"


def ground_text(text: str) -> None:
    """Refuse a ground that a file would read as a plain yes or no. Raises ValidationError."""
    if text and same_name(text) in TRUE_WORDS | FALSE_WORDS:
        raise ValidationError(
            "Say why it is not published: “%(text)s” is no ground.",
            code="ground",
            params={"text": text},
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
