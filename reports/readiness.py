"""What a month still lacks: computed from the record each time, never ticked by hand."""

from dataclasses import dataclass

from reports.committee import CommitteeReportContent


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a month still lacks, in words, and the address of the very field."""

    words: str
    url: str


def gaps_of(report: CommitteeReportContent) -> tuple[Gap, ...]:
    """Return what the month of a report still lacks."""
    return ()
