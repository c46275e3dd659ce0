"""Those who see the same figures in the same words: one computation serves them all."""

from dataclasses import dataclass

from incidents.access import Viewer


@dataclass(frozen=True, slots=True)
class Audience:
    """The organisations that are seen, by key, and what the page offers to those who see it."""

    organisations: tuple[int, ...]
    may_write: bool
    may_publish: bool
    prepares_reports: bool

    @classmethod
    def of(cls, viewer: Viewer) -> "Audience":
        return cls(
            tuple(each.pk for each in viewer.organisations),
            viewer.may_write,
            viewer.may_publish,
            viewer.prepares_reports,
        )
