"""The texts of a report on one page: the front block, the narrative, the improvements."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.db import IntegrityError, transaction
from django.http import QueryDict

from incidents.forms.at_once import as_seen, seen_before
from incidents.forms.saving import AT_THE_SAME_MOMENT, Overtaken
from incidents.models import Organisation
from incidents.month import Month
from reports.figures import MonthlyFigures
from reports.forms.carried import (
    authors_of,
    carried_over,
    committees_of,
    improvements_for,
    improvements_of,
)
from reports.forms.doubts import Doubt, Reader
from reports.forms.narrative import NarrativeForm
from reports.forms.parts import (
    ListPart,
    Part,
    TextPart,
    told_apart,
)
from reports.forms.rows import AuthorLines, CommitteeLines, ImprovementLines, Lines
from reports.models import CommitteeReport

OVERTAKEN = (
    "Somebody else saved this report after you had opened it. What you typed is still here, and "
    "what they saved is shown beside it. Save again to put yours in its place."
)
ATTEMPTS = 3


class ReportForms:
    """Everything that is typed for the report of one month; all of it is saved, or nothing.

    A month without a report begins with the front block and the recommendations of the report
    before it. Improvements are those of the organisations given; others are left alone. The front
    block and the narrative are of all organisations together: for those who see all.
    """

    def __init__(
        self,
        month: Month,
        organisations: Sequence[Organisation],
        data: QueryDict | None = None,
        *,
        sees_all: bool,
    ) -> None:
        self.month, self.organisations, self.sees_all = month, organisations, sees_all
        self.overtaken_by: list[tuple[str, str]] = []
        self.taken_over: list[str] = []
        self.doubts: dict[str, list[Doubt]] = {}
        self.reader: Reader | None = None
        self.bind(data)

    def bind(self, data: QueryDict | None) -> None:
        """Begin with what is on record, and with what a browser sent."""
        day = self.month.first_day
        self.data = data
        self.stored = CommitteeReport.objects.filter(month=day).first()
        before = CommitteeReport.objects.filter(month__lt=day).first()
        source = self.stored or before
        report = self.stored or CommitteeReport(month=day, **carried_over(before))
        committees = committees_of(source, with_date=self.stored is not None)
        texts = improvements_of(self.stored, self.organisations)
        self.narrative = NarrativeForm(data, instance=report, sees_all=self.sees_all)
        common = data if self.sees_all else None
        self.committees = CommitteeLines(common, prefix="committees", initial=committees)
        self.authors = AuthorLines(common, prefix="authors", initial=authors_of(source))
        self.improvements = [
            (of, ImprovementLines(data, prefix=f"improvements-{of.slug}", initial=texts[of.pk]))
            for of in self.organisations
        ]
        if data is None:
            self.narrative.initial["base"] = self.as_seen()

    @property
    def lists(self) -> list[Lines]:
        front = [self.committees, self.authors] if self.sees_all else []
        return [*front, *(lines for _, lines in self.improvements)]

    @property
    def parts(self) -> list[Part]:
        """What two persons may change apart from each other, in the order of the page."""
        texts = (TextPart(self.narrative, each.name) for each in self.narrative.visible_fields())
        improvements = (
            ListPart(f"Service improvements, {of}", lines, partial(improvements_for, of))
            for of, lines in self.improvements
        )
        front = [
            ListPart("Committees", self.committees, committees_of),
            ListPart("Authors", self.authors, authors_of),
        ]
        return [*texts, *(front if self.sees_all else ()), *improvements]

    def as_seen(self) -> str:
        return as_seen({part.key: part.typed for part in self.parts})

    def read(self, figures: MonthlyFigures, elsewhere: Sequence[str]) -> None:
        """Look in every text for numbers that the figures contradict.

        `elsewhere` names the organisations that the figures leave out.
        """
        stored = self.stored.meant if self.stored else []
        self.reader = Reader(figures, elsewhere, stored, self.data)
        self.doubts = {
            name: self.reader.doubts(self.narrative[name].value() or "")
            for name in CommitteeReport.NARRATIVE
            if self.sees_all
        }
        for organisation, lines in self.improvements:
            for form in lines:
                form.doubts = self.reader.doubts(form["text"].value() or "", organisation.name)

    def doubts_by_field(self) -> Iterator[tuple[str, list[Doubt]]]:
        """Yield every doubt with the id of the field that it is about."""
        for name, doubts in self.doubts.items():
            yield self.narrative[name].auto_id, doubts
        for _, lines in self.improvements:
            for form in lines:
                yield form["text"].auto_id, form.doubts

    def all_doubts(self) -> list[Doubt]:
        return [doubt for _, doubts in self.doubts_by_field() for doubt in doubts]

    def errors(self) -> Iterator[tuple[str, str]]:
        """Yield every mistake with the id of its input, empty where it belongs to none."""
        for form in [self.narrative, *(form for lines in self.lists for form in lines)]:
            yield from (("", str(error)) for error in form.non_field_errors())
            for field in form.visible_fields():
                yield from ((field.auto_id, f"{field.label}: {error}") for error in field.errors)
            for field in form.hidden_fields():
                yield from (("", str(error)) for error in field.errors)
        for lines in self.lists:
            yield from (("", str(error)) for error in lines.non_form_errors())

    def is_valid(self) -> bool:
        # Each is asked, so that every mistake is shown at once.
        return all([self.narrative.is_valid(), *(lines.is_valid() for lines in self.lists)])

    def saved(self) -> bool:
        """Save everything or nothing, and tell which; what stood in the way is then an error."""
        if not self.is_valid():
            return False
        for _ in range(ATTEMPTS):
            try:
                with transaction.atomic():
                    self.write()
            except (Overtaken, IntegrityError):
                if not self.goes_with_what_is_on_record():
                    return False
            else:
                return True
        self.narrative.add_error(None, AT_THE_SAME_MOMENT)
        return False

    def goes_with_what_is_on_record(self) -> bool:
        """Take over what another person alone changed; tell whether nothing is between the two.

        What both changed is set beside one's own, and the next saving then passes.
        """
        now = CommitteeReport.objects.filter(month=self.month.first_day).first()
        if now is None or self.data is None:
            self.narrative.add_error(None, AT_THE_SAME_MOMENT)
            return False
        parts = self.parts
        theirs, both = told_apart(parts, now, seen_before(self.data.get("base", "")))
        data = self.data.copy()
        for part in theirs:
            part.put(now, data)
        data["seen"] = str(now.revision)
        data["base"] = as_seen({part.key: part.on_record(now) for part in parts})
        self.bind(data)
        if self.reader:
            self.read(self.reader.figures, self.reader.elsewhere)
        self.taken_over += [part.key for part in theirs]
        self.overtaken_by = [(part.label, part.shown(now)) for part in both]
        if both:
            self.narrative.add_error(None, OVERTAKEN)
        return not both and self.is_valid()

    def write(self) -> None:
        if self.reader:
            report = self.narrative.instance
            report.meant = self.reader.still_meant(report.meant, self.all_doubts())
        is_new = self.narrative.instance.pk is None
        self.narrative.write()
        report = self.narrative.instance
        for lines, label in ((self.committees, "Committees"), (self.authors, "Authors")):
            if self.sees_all:
                lines.write(report, label)
            elif is_new:
                lines.as_begun().write(report, label)
        for organisation, lines in self.improvements:
            lines.write(report, f"Service improvements, {organisation}", organisation)
