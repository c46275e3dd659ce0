"""What would be published now: both versions of the report, what it lacks, and what stops it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from incidents.models import Organisation, Recomputation
from incidents.month import Month
from incidents.people import name_of
from incidents.settling import waiting
from reports.committee import CommitteeReportContent, NoSuchVersion, Version, report_of
from reports.models import Edition
from reports.publishing.changes import changes_since
from reports.readiness import Gap, gaps_of


class NotPublished(Exception):
    """Nothing was published; the message says why, and `gaps` which gaps want a reason."""

    def __init__(self, why: str, gaps: tuple[Gap, ...] = ()) -> None:
        super().__init__(why)
        self.gaps = gaps


class JustPublished(NotPublished):
    """Somebody else was quicker: the edition that there is now."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(f"{edition} has just been published {when_and_by_whom(edition)}.")
        self.edition = edition


@dataclass(frozen=True, slots=True)
class Prepared:
    """The next edition of a month as it would be published.

    `last` is the edition that it would take the place of. There is no public version of a report
    that is classified as not public.
    """

    last: Edition | None
    full: CommitteeReportContent
    public: CommitteeReportContent | None
    gaps: tuple[Gap, ...]
    changes: tuple[str, ...]

    @property
    def number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def reason_is_needed(self) -> bool:
        return bool(self.gaps or self.last)

    def saying(self, reason: str) -> "Prepared":
        """The same with the reason that it prints, if it takes the place of another."""
        if self.last is None:
            return self
        public = self.public and replace(
            self.public,
            reason=reason,
            changes=changes_since(self.last, self.full, Version.PUBLIC),
        )
        return replace(
            self, full=replace(self.full, reason=reason, changes=self.changes), public=public
        )


def prepared(month: Month) -> Prepared:
    """Gather the next edition of a month, of all organisations, as at now."""
    organisations, now = list(Organisation.objects.all()), timezone.now()
    last = latest_edition(month)
    number = last.number + 1 if last else 1
    full = report_of(month, organisations, Version.FULL, now, edition=number, are_all=True)
    return Prepared(
        last=last,
        full=full,
        public=public_version(month, organisations, now, number),
        gaps=gaps_of(full.figures, organisations),
        changes=changes_since(last, full) if last else (),
    )


def public_version(
    month: Month, organisations: Sequence[Organisation], as_at: datetime, number: int
) -> CommitteeReportContent | None:
    try:
        return report_of(month, organisations, Version.PUBLIC, as_at, edition=number, are_all=True)
    except NoSuchVersion:
        return None


def latest_edition(month: Month) -> Edition | None:
    """The last edition of a month with who published it (one query)."""
    editions = Edition.objects.filter(month=month.first_day).select_related("published_by")
    found: Edition | None = editions.first()
    return found


def obstacle(month: Month) -> str:
    """Say what keeps a month from being published, whoever asks; empty where nothing does."""
    if month >= Month.current():
        ends = date_format(month.last_day, "j F Y")
        return (
            f"{month.label} cannot be published before it has ended, on {ends}: what happens "
            "until then belongs in its report."
        )
    if waiting(Recomputation.objects.first()).opened_in(month).exists():
        return (
            f"A target was changed, and due times of {month.label} are still being worked out "
            "anew. Publish when that is done."
        )
    return ""


def when_and_by_whom(edition: Edition) -> str:
    """Say "on 4 April 2019 at 10:32 by A. Person"."""
    at = timezone.localtime(edition.published_at)
    when = f"{date_format(at, 'j F Y')} at {date_format(at, 'H:i')}"
    return f"on {when} by {name_of(edition.published_by)}"
