"""What a sentence may say of the figures: each reader knows one way of saying it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from reports.figures import (
    Attainment,
    Escalation,
    MonthlyFigures,
    OrganisationFigures,
    Satisfaction,
)
from reports.prose.claims import A_COUNT, COUNT, DIGITS, Claim, claim, found
from reports.wording import listed, reported_names

HIGHEST_SCORE = 100
INCIDENTS = r"(?:(?:serious|major|reported)\s+)?incidents?\b"
TOTAL = rf"\b(?:total of|in all|altogether|there (?:was|were)|had)\s+{COUNT}\s+{INCIDENTS}"
OF_ALL_BEFORE = r"\b(?:total of|in all|altogether|there (?:was|were|had been)|had)\s+$"
OF_ALL_AFTER = r"\s*(?:$|[.,;:)]|(?:for|at|in|and)\b)"
PERCENT = rf"(?P<count>{DIGITS})\s?(?:%|per\s?cent\b)"
SCORE = rf"(?P<count>{DIGITS})(?!\s*(?:%|per\s?cent|months?|answers?))"
NPS = re.compile(r"\bNPS\b|net promoter", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage that the report knows, and the words by which a sentence speaks of it."""

    words: str
    pattern: re.Pattern[str]
    of: Callable[[OrganisationFigures], Iterable[Attainment | Satisfaction | Escalation]]


RATES = (
    Rate(
        "for satisfaction",
        re.compile(r"satisf|good or very good|very good or good", re.IGNORECASE),
        lambda of: [of.satisfaction],
    ),
    Rate("for user escalations", re.compile(r"escalat", re.IGNORECASE), lambda of: [of.escalation]),
    Rate(
        "for responses within target",
        re.compile(r"\brespon(?:ded|ses?|ding)\b.*\b(?:target|time)", re.IGNORECASE),
        lambda of: [each.responded for each in of.priorities],
    ),
    Rate(
        "for resolutions within target",
        re.compile(r"\bresol(?:ved|utions?|ving)\b.*\b(?:target|time)", re.IGNORECASE),
        lambda of: [each.resolved for each in of.priorities],
    ),
)


def totals(sentence: str, figures: MonthlyFigures) -> Iterator[Claim]:
    """Read "a total of 13 incidents"."""
    for match in found(TOTAL, sentence):
        counts = [reported_total(of, "total") for of in named_after(match, sentence, figures)]
        values = [figures.total.total, *counts]
        words = f"{listed(reported_names(figures))} incidents"
        yield claim(sentence, match["count"], words, map(Fraction, values))


def counts_by_priority(sentence: str, figures: MonthlyFigures) -> Iterator[Claim]:
    """Read "2 P1 incidents for City of London Police and 3 for City of London Corporation"."""
    names = reported_names(figures)
    for name in names:
        others = "|".join(re.escape(each) for each in names if each != name) or "(?!)"
        # "13 P1 and P2 incidents" counts both.
        alone = rf"{re.escape(name)}\b(?!\s*(?:and|or|/|,)\s*(?:{others})\b)"
        for match in found(rf"{COUNT}\s+{alone}(?:\s+incidents?\b)?", sentence):
            made = count_of(name, match, sentence, figures)
            # Of 4, "2 P1 incidents were over within the hour" may be; 5 may not.
            if is_of_all(match, sentence) or made.value > max(made.values):
                yield made
            rest = re.split(rf"\b(?:{others})\b", sentence[match.end() :])[0]
            for more in found(rf"{COUNT}\s+(?:for|at|in)\s", rest):
                yield count_of(name, more, rest, figures, within=sentence)


def is_of_all(match: re.Match[str], sentence: str) -> bool:
    """Tell whether a count is of all incidents of its kind, not of those that did something."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    return bool(re.search(OF_ALL_BEFORE, before, re.I) or re.match(OF_ALL_AFTER, after, re.I))


def count_of(
    name: str, match: re.Match[str], text: str, figures: MonthlyFigures, within: str = ""
) -> Claim:
    """Read the count of a priority, of the organisation named after it or of all."""
    whose = named_after(match, text, figures)
    counts = [
        each.tally.total
        for of in whose or figures.organisations
        for each in of.priorities
        if each.name == name
    ]
    values = counts if whose else [sum(counts), *counts]
    words = f"{name} incidents" + (f" for {whose[0].name}" if whose else "")
    return claim(within or text, match["count"], words, map(Fraction, values))


def counts_by_cause(sentence: str, figures: MonthlyFigures) -> Iterator[Claim]:
    """Read "9 of these were caused by external factors", or "9 of the 13 were external"."""
    for word in ("external", "internal"):
        of_all = rf"(?:\s+of\s+(?:the\s+)?{A_COUNT})?"
        between = rf"(?:\s+(?!{A_COUNT})[^\W\d]+){{0,8}}?"
        for match in found(rf"{COUNT}{of_all}{between}\s+{word}(?:ly)?\b", sentence):
            whose = [of for of in figures.organisations if of.name in sentence]
            total = getattr(figures.total, word)
            values = [total, *(reported_total(of, word) for of in whose)]
            words = f"with an {word} cause"
            yield claim(sentence, match["count"], words, map(Fraction, values))


def percentages(sentence: str, figures: MonthlyFigures) -> Iterator[Claim]:
    """Read a percentage of users, contacts or incidents by the words beside it."""
    rate = next((each for each in RATES if each.pattern.search(sentence)), None)
    if rate is None:
        return
    named = [of for of in figures.organisations if of.name in sentence]
    rates = [each for of in named or figures.organisations for each in rate.of(of)]
    shares = [Fraction(each.percent) for each in rates if each.percent is not None]
    wanted = {each.target.value for each in rates if each.target}
    for match in found(PERCENT, sentence):
        made = claim(sentence, f"{match['count']}%", rate.words, shares)
        if made.value not in wanted:
            yield made


def scores(sentence: str, figures: MonthlyFigures) -> Iterator[Claim]:
    """Read a Net Promoter Score, of a month or the average of three."""
    if not NPS.search(sentence):
        return
    nps = figures.nps
    known = [nps.exact_average, *(score for _, score in nps.scores)]
    known += [of.nps for of in figures.organisations]
    values = [each for each in known if each is not None]
    for match in found(SCORE, sentence):
        made = claim(sentence, match["count"], "for the Net Promoter Score", values)
        if abs(made.value) <= HIGHEST_SCORE and made.value != nps.threshold:
            yield made


def reported_total(organisation: OrganisationFigures, count: str) -> int:
    """Add up a count of a tally over the priorities that the report lists."""
    tallies = (each.tally for each in organisation.priorities if each.reported)
    return sum(getattr(each, count) for each in tallies)


def named_after(
    match: re.Match[str], text: str, figures: MonthlyFigures
) -> list[OrganisationFigures]:
    """The organisation named between a count and the next number; none where there is none.

    Where several are named before the next number, the count is of all of them together.
    """
    rest = text[match.end() :]
    if following := re.search(A_COUNT, rest, re.IGNORECASE):
        rest = rest[: following.start()]
    named = [of for of in figures.organisations if of.name in rest]
    return named if len(named) == 1 else []


READERS: tuple[Callable[[str, MonthlyFigures], Iterator[Claim]], ...] = (
    totals,
    counts_by_priority,
    counts_by_cause,
    percentages,
    scores,
)
