"""Those who see the same figures in the same words: one computation serves them all."""

from dataclasses import dataclass

from incidents.access import Viewer


@dataclass(frozen=True, slots=True)
class Audience:
    """The organisations that are seen, by key, and what the page offers to those who see it.

    A wall offers nothing to anybody.
    """

    organisations: tuple[int, ...]
    may_write: bool
    may_publish: bool
    prepares_reports: bool
    is_wall: bool = False

    @classmethod
    def of(cls, viewer: Viewer) -> "Audience":
        return cls(
            tuple(each.pk for each in viewer.organisations),
            viewer.may_write,
            viewer.may_publish,
            viewer.prepares_reports,
        )

    @classmethod
    def at_wall(cls, viewer: Viewer, organisation: str = "") -> "Audience | None":
        """Those at a wall of all that somebody sees, or of one; None if they do not see that."""
        seen = [each for each in viewer.organisations if organisation in ("", each.slug)]
        if organisation and not seen:
            return None
        keys = tuple(each.pk for each in seen)
        return cls(keys, may_write=False, may_publish=False, prepares_reports=False, is_wall=True)
