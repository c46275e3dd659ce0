"""The check of a whole text: which of its numbers the figures contradict."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.figures import MonthlyFigures
from reports.prose.causes import causes
from reports.prose.claims import Claim
from reports.prose.counts import counts
from reports.prose.known import Known
from reports.prose.rates import rates
from reports.prose.scores import scores
from reports.prose.sentences import Sentence, is_exact, is_of_the_month, sentences

TOPICS = r"incident|external|internal|%|per ?cent|\bNPS\b|net promoter"


def contradictions(
    texts: Iterable[str], figures: MonthlyFigures, elsewhere: Sequence[str] = (), whose: str = ""
) -> tuple[Claim, ...]:
    """Return every claim of some texts that the figures contradict, each once, in order.

    `elsewhere` are the names of the organisations that the figures leave out. Where there are
    any, a number can be set against the figures only if it is said of somebody in them. `whose`
    names the organisation under whose heading the texts stand: what names nobody is about that
    one, or about all.
    """
    known = Known(figures, is_partial=bool(elsewhere))
    topic = re.compile(rf"{TOPICS}|\b{known.priority}\b", re.IGNORECASE)
    found: dict[Claim, None] = {}
    for sentence in (each for text in texts for each in sentences(text)):
        # Most sentences are about something else, and are read no further.
        if topic.search(sentence.text) and not any(name in sentence.text for name in elsewhere):
            found |= dict.fromkeys(wrong_claims(sentence, known, whose))
    return tuple(found)


def wrong_claims(sentence: Sentence, known: Known, whose: str) -> Iterator[Claim]:
    claims = list(claims_of(sentence, known))
    if whose and not known.named_in(sentence.text):
        right = {each.said for each in claims if each.holds}
        claims = [
            each for each in claims_of(sentence, alone(known, whose)) if each.said not in right
        ]
    yield from (each for each in claims if not each.holds)


def alone(known: Known, name: str) -> Known:
    """What is known of one organisation."""
    ours = tuple(each for each in known.figures.organisations if each.name == name)
    return Known(replace(known.figures, organisations=ours))


def claims_of(sentence: Sentence, known: Known) -> Iterator[Claim]:
    """Yield every number of a sentence that is about something counted."""
    if is_exact(sentence.text, known.figures):
        of_now = is_of_the_month(sentence.text, known.figures)
        for reader in (counts, causes, rates, scores) if of_now else (scores,):
            yield from reader(sentence, known)
