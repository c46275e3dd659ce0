"""What is doubtful in the words of a month: numbers, abbreviations, promises about to lapse."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from incidents.month import Month
from reports.figures import MonthlyFigures
from reports.prose import contradictions
from reports.readiness.gap import Gap
from reports.readiness.written import Written
from reports.wording import long_day, reported_names

# How long before its end an accreditation is pointed out.
LAPSES_WITHIN = timedelta(days=90)
# Two to six capitals, such as VPN or PSN; a small plural s may follow, as in VPNs.
ABBREVIATION = re.compile(r"(?<![\w-])([A-Z]{2,6})(?=s?(?![\w-]))")


def contradiction_gaps(figures: MonthlyFigures, written: Written) -> Iterator[Gap]:
    """The numbers of the narrative that the figures contradict, but for those that are meant."""
    page = reverse("edit_report", args=[figures.month])
    names = {of.slug: of.name for of in figures.organisations}
    places = [(text, f"{page}#id_{name}", "") for name, text in written.common_texts.items()]
    places += [(text, f"{page}#part-{slug}", names[slug]) for slug, text in written.improvements]
    for text, url, whose in places:
        for claim in contradictions([text], figures, written.elsewhere, whose):
            if claim.key not in written.meant:
                yield Gap(str(claim), url)


def lapsing_gaps(figures: MonthlyFigures, written: Written) -> Iterator[Gap]:
    last_day = figures.month.last_day
    for each in sorted(written.accreditations, key=lambda of: of.expires_on):
        if each.expires_on > last_day + LAPSES_WITHIN:
            continue
        verb = "lapsed" if each.expires_on < last_day else "lapses"
        words = f"{each.name} {verb} on {long_day(each.expires_on)}."
        url = reverse("accreditation", args=[each.key])
        yield Gap(words, f"{url}#id_expires_on")


def root_cause_gaps(written: Written) -> Iterator[Gap]:
    for reference in written.unexplained.values():
        url = f"{reverse('edit_problem', args=[reference])}#id_root_cause"
        words = f"{reference}: neither the root cause nor the next action to find it is said."
        yield Gap(words, url)


def ground_gaps(month: Month, written: Written) -> Iterator[Gap]:
    """The problem records that a public version leaves out without saying on what ground."""
    for each in sorted(written.records, key=lambda of: of.reference):
        if each.lacks_ground and each.is_told_in(month):
            url = f"{reverse('edit_problem', args=[each.reference])}#id_publication_ground"
            yield Gap(f"{each.reference}: the ground for not publishing is missing.", url)


def abbreviation_gaps(figures: MonthlyFigures, written: Written) -> Iterator[Gap]:
    """The abbreviations that the report prints and the glossary does not explain."""
    known = written.terms | set(reported_names(figures)) | names_of(figures)
    texts = [*written.common_texts.values(), *(text for _, text in written.improvements)]
    texts += [each.words for each in written.records if each.is_told_in(figures.month)]
    texts += written.promised
    for row in figures.incidents:
        texts += [row.service, row.reason, row.resolution, row.breach_reason]
        texts += [row.problem_title or ""]
    for term in sorted(abbreviations_in(texts) - known):
        add = f"{reverse('new_glossary_term')}?{urlencode({'abbreviation': term})}#id_meaning"
        yield Gap(f"{term} is used and the glossary does not explain it.", add)


def abbreviations_in(texts: Iterable[str]) -> set[str]:
    return {term for text in texts for term in ABBREVIATION.findall(text)}


def names_of(figures: MonthlyFigures) -> set[str]:
    """Words of the names that a person gave: not abbreviations that want explaining."""
    names = [of.name for of in figures.organisations]
    names += [row.supplier for row in figures.incidents if row.supplier]
    return {word for name in names for word in name.split()}
