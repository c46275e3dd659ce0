"""How many had an external or an internal cause: "9 of these were caused by external factors"."""

import re
from collections.abc import Iterator

from reports.prose.claims import A_COUNT, Claim, claim, value_of
from reports.prose.counts import Reading
from reports.prose.known import Known
from reports.prose.sentences import Sentence

CAUSE = r"(?:external|internal)"
NOUNS = r"(?:factors|causes|events|failures|suppliers|parties|reasons|faults)"
CAUSED_BY = r"(?:caused by|due to|down to|because of|the result of|attributed to)"
WERE = r"(?:was|were|are|is|had|have been|has been)"
ENDS = r"(?= ?(?:$|[.,;:)(]| and\b| such as\b| outside\b| beyond\b))"
PREDICATE = (
    rf"(?:{CAUSED_BY} {CAUSE} {NOUNS}|{CAUSE}(?:ly)?(?: caused)?|an? {CAUSE} (?:root )?cause){ENDS}"
)
SO_MANY = rf"(?:the |all )*{A_COUNT}(?:(?: [\w/]+){{0,3}}? incidents?)?"
THESE = rf"(?:these|them|those|the incidents|{SO_MANY})"
ONE_CAUSE = rf"(?P<count>{A_COUNT}) of (?P<base>{THESE}) {WERE} (?:all )?(?P<cause>{PREDICATE})"
TWO_CAUSES = (
    rf"(?P<count>{A_COUNT}) (?:{WERE} )?(?P<cause>{CAUSE})(?: causes?)?(?:,? and|,| but) "
    rf"(?P<second>{A_COUNT}) (?:{WERE} )?(?P<other>{CAUSE})(?: causes?)?{ENDS}"
)
OF_THESE = rf"of (?P<base>{THESE}),? "
ONE_CAUSE_LAST = rf"{OF_THESE}(?P<count>{A_COUNT}) {WERE} (?:all )?(?P<cause>{PREDICATE})"
OF_A_PART = re.compile(r"(?:at|for|in|on|of|with|from|among|during)\b", re.IGNORECASE)
# Neither "one" nor "no" need count anything.
COUNTED = re.compile(rf"(?!no\b|none\b|one\b){A_COUNT}", re.IGNORECASE)


def causes(sentence: Sentence, known: Known) -> Iterator[Claim]:
    """Yield the counts by cause of a sentence that counts the incidents of the month."""
    text = sentence.text
    if known.is_partial and not known.named_in(text):
        return
    for pattern in (ONE_CAUSE, ONE_CAUSE_LAST):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if is_about_the_month(sentence, match.start(), match["base"], known):
                yield claim_of(text, match["count"], match["cause"], known)
    for match in re.finditer(TWO_CAUSES, text, re.IGNORECASE):
        differ = match["cause"].lower() != match["other"].lower()
        if differ and is_about_the_month(sentence, match.start(), "", known):
            yield claim_of(text, match["count"], match["cause"], known)
            yield claim_of(text, match["second"], match["other"], known)


def is_about_the_month(sentence: Sentence, at: int, base: str, known: Known) -> bool:
    """Tell whether "of these" are incidents that the figures count.

    They are if the number said last before is a number of theirs, or if none was said.
    """
    reading = Reading(sentence, known)
    reading.head()
    reading.take(OF_THESE)
    if OF_A_PART.match(sentence.text, reading.at):
        return False
    said = COUNTED.findall(f"{sentence.before} {sentence.text[:at]} {base}")
    return not said or value_of(said[-1]) in set(known.parts("total"))


def claim_of(text: str, count: str, cause: str, known: Known) -> Claim:
    """Read a count by cause; that of a part which has a name would pass too."""
    what = "external" if "external" in cause.lower() else "internal"
    value = known.count(what, text)
    words = f"with an {what} cause"
    return claim(text, count, words, [value], known.parts(what))
