"""The Net Promoter Score, of a month or the average of three: "The NPS averaged 69.67"."""

import re
from collections.abc import Iterator
from fractions import Fraction

from incidents.month import NAMES
from reports.prose.claims import DIGITS, Claim, claim
from reports.prose.known import Known
from reports.prose.sentences import Sentence

HIGHEST_SCORE = 100
NPS = r"\b(?:NPS|net promoter scores?)\b(?: \(NPS\))?"
MONTHS = rf"(?:{'|'.join(NAMES)})(?: \d{{4}})?"
IS = r" ?(?:\bis|\bwas|\bof|\baveraged|\baverages|\bstood at|\bstands at|\bscored|\breached|=|:)"
# What may stand between the name and the number: nothing that makes it the score of a part.
WITHIN = (
    r"(?:average|score|overall|together|for|of|over|in|the|and|all|both|organisations|users"
    r"|service|desk|IT|last|past|three|3|months?|this)\b"
)
WHEN = rf"(?: (?:in|for) (?P<when>{MONTHS}))?"
END = r"(?= points?\b| and\b| over the (?:last|past)\b| ?(?:$|[.,;:)(]))"
THE_NEXT = re.compile(rf"(?:,? and|,) (?P<count>{DIGITS}){WHEN}{END}", re.IGNORECASE)


def scores(sentence: Sentence, known: Known) -> Iterator[Claim]:
    """Yield every score of a sentence that says whose, or that is of all together."""
    text = sentence.text
    if known.is_partial and not known.named_in(text):
        return
    between = rf"(?:[ ,/]+(?:{known.organisations}|{MONTHS}|{WITHIN}))*?"
    first = rf"{NPS}{between}{IS} (?:only |just )?(?P<count>{DIGITS}){WHEN}{END}"
    for match in re.finditer(first, text, re.IGNORECASE):
        found: re.Match[str] | None = match
        while found:
            yield from score(text, found, known)
            found = THE_NEXT.match(text, found.end())


def score(text: str, match: re.Match[str], known: Known) -> Iterator[Claim]:
    """Read one score; that of a month which the report does not hold is left alone."""
    values, others = of_month(match["when"], known), of_organisations(text, known)
    if values is None:
        values = [] if known.is_partial else of_all(known)
    made = claim(text, match["count"], "for the Net Promoter Score", values or others, others)
    is_threshold = made.value == known.figures.nps.threshold
    if not (is_threshold or abs(made.value) > HIGHEST_SCORE or (match["when"] and not values)):
        yield made


def of_month(said: str | None, known: Known) -> list[Fraction] | None:
    """The score of all in a month that is named; None where none is."""
    if said is None:
        return None
    name, _, year = said.partition(" ")
    scores = [] if known.is_partial else known.figures.nps.scores
    return [
        value
        for month, value in scores
        if value is not None
        and NAMES[month.number - 1].lower() == name.lower()
        and year in ("", str(month.year))
    ]


def of_all(known: Known) -> list[Fraction]:
    """The average first, then the score of each month."""
    nps = known.figures.nps
    known_scores = [nps.exact_average, *(value for _, value in nps.scores)]
    return [each for each in known_scores if each is not None]


def of_organisations(text: str, known: Known) -> list[Fraction]:
    """The scores of the organisations that a sentence names, or of all that have one."""
    return [each.nps for each in known.asked(text) if each.nps is not None]
