"""What a person may type: text, without the characters that no page or paper can show."""

import unicodedata

from django.core.exceptions import ValidationError

LINE_BREAKS_AND_TABS = "\n\r\t"
# Cc: control characters such as NUL, Cs: half of a pair, Cn below: points that are no characters.
UNPRINTABLE = {"Cc", "Cs"}


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
