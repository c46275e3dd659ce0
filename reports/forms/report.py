"""The texts of a report on one page: the front block, the narrative, the improvements."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict

from incidents.forms.saving import AT_THE_SAME_MOMENT
from incidents.models import Organisation
from incidents.month import Month
from reports.forms.narrative import NarrativeForm, Overtaken, one_kind_of_break
from reports.forms.rows import AuthorLines, CommitteeLines, ImprovementLines, Lines
from reports.models import CommitteeReport, Improvement, ReportAuthor, ReportCommittee

CARRIED_OVER = ["subject", "classification", "report_of", "recommendations"]
OVERTAKEN = (
    "Somebody else saved this report after you had opened it. What you typed is still here, and "
    "what they saved is shown beside it. Save again to put yours in its place."
)


class ReportForms:
    """Everything that is typed for the report of one month; all of it is saved, or nothing.

    A month without a report begins with the front block and the recommendations of the report
    before it. Improvements are those of the organisations given; others are left alone.
    """

    def __init__(
        self, month: Month, organisations: Sequence[Organisation], data: QueryDict | None = None
    ) -> None:
        day = month.first_day
        self.stored = CommitteeReport.objects.filter(month=day).first()
        before = CommitteeReport.objects.filter(month__lt=day).first()
        source = self.stored or before
        report = self.stored or CommitteeReport(month=day, **carried_over(before))
        self.narrative = NarrativeForm(data, instance=report)
        self.committees = CommitteeLines(
            data, prefix="committees", initial=committees_of(source, with_date=bool(self.stored))
        )
        self.authors = AuthorLines(data, prefix="authors", initial=authors_of(source))
        texts = improvements_of(self.stored, organisations)
        self.improvements = [
            (
                each,
                ImprovementLines(
                    data, prefix=f"improvements-{each.slug}", initial=texts.get(each.pk)
                ),
            )
            for each in organisations
        ]

        self.overtaken_by: list[tuple[str, str]] = []

    @property
    def lists(self) -> list[Lines]:
        return [self.committees, self.authors, *(lines for _, lines in self.improvements)]

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

    def saved(self) -> bool:
        """Save everything or nothing, and tell which; what stood in the way is then an error."""
        # Each is asked, so that every mistake is shown at once.
        if not all([self.narrative.is_valid(), *(lines.is_valid() for lines in self.lists)]):
            return False
        try:
            with transaction.atomic():
                self.write()
        except (Overtaken, IntegrityError):
            self.show_what_is_on_record()
            return False
        return True

    def show_what_is_on_record(self) -> None:
        """Set the other person's words beside one's own, and let the next saving pass."""
        now = CommitteeReport.objects.filter(month=self.narrative.instance.month).first()
        if now is None:
            self.narrative.add_error(None, AT_THE_SAME_MOMENT)
            return
        self.narrative.add_error(None, OVERTAKEN)
        self.narrative.data = {**dict(self.narrative.data.items()), "seen": str(now.revision)}
        self.overtaken_by = [*self.narrative.differing_from(now), *self.lines_differing_from(now)]

    def lines_differing_from(self, now: CommitteeReport) -> Iterator[tuple[str, str]]:
        """Yield the name and the lines on record of every list that is typed otherwise."""
        texts = improvements_of(now, [organisation for organisation, _ in self.improvements])
        lists: list[tuple[str, Lines, list[dict[str, Any]]]] = [
            ("Committees", self.committees, committees_of(now, with_date=True)),
            ("Authors", self.authors, authors_of(now)),
        ]
        lists += [
            (f"Service improvements, {each}", lines, texts.get(each.pk, []))
            for each, lines in self.improvements
        ]
        for name, lines, on_record in lists:
            said = lines.in_words(on_record)
            if one_kind_of_break(said) != one_kind_of_break(lines.in_words(lines.typed())):
                yield name, said

    def write(self) -> None:
        self.narrative.write()
        report = self.narrative.instance
        self.committees.write(report)
        self.authors.write(report)
        for organisation, lines in self.improvements:
            lines.write(report, organisation=organisation)


def carried_over(report: CommitteeReport | None) -> dict[str, str]:
    """What a new month takes from the report before it."""
    return {name: getattr(report, name) for name in CARRIED_OVER} if report else {}


def committees_of(report: CommitteeReport | None, with_date: bool) -> list[dict[str, Any]]:
    """The committees as a form begins; the next month meets on another day."""
    columns = ["name", "purpose", "position", *(["meets_on"] if with_date else [])]
    return list(ReportCommittee.objects.filter(report=report).values(*columns)) if report else []


def authors_of(report: CommitteeReport | None) -> list[dict[str, Any]]:
    columns = ["name", "role", "contact", "position"]
    return list(ReportAuthor.objects.filter(report=report).values(*columns)) if report else []


def improvements_of(
    report: CommitteeReport | None, organisations: Sequence[Organisation]
) -> dict[int, list[dict[str, Any]]]:
    """The improvements as a form begins, by the key of their organisation."""
    texts: dict[int, list[dict[str, Any]]] = {}
    if report:
        for row in Improvement.objects.filter(report=report, organisation__in=organisations):
            line = {"text": row.text, "position": row.position}
            texts.setdefault(row.organisation_id, []).append(line)
    return texts
