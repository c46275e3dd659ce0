"""What moved since an edition: its kept figures and rows against the present ones."""

from reports.committee import Version
from reports.models import Edition
from reports.publishing.figures_moved import figures_moved
from reports.publishing.kept import Kept, Report
from reports.publishing.rows_moved import incidents_moved, targets_moved, texts_moved


def changes_since(
    edition: Edition, content: Report, version: Version = Version.FULL
) -> tuple[str, ...]:
    """Say in sentences what differs from an edition; empty where nothing does.

    `content` is a full version. Organisations that it does not hold are left out, so that nobody
    reads of what is not theirs. The sentences for a public version name no incident that is, or
    was, not for publication.
    """
    before, now = Kept.of_edition(edition), Kept.of(content)
    names = {each.slug: each.name for each in content.figures.organisations}
    if not content.figures.is_whole:
        # Else a row of somebody else's with the same reference would be taken for the one before.
        before = before.rows_of(names)
    hidden = before.marked | now.marked if version is Version.PUBLIC else frozenset()
    sentences = [
        *figures_moved(before, now, names, hidden),
        *incidents_moved(before, now, names, hidden),
        *texts_moved(before.narrative, now.narrative, names, content.figures.is_whole),
    ]
    # The appendix of fewer organisations says for whom a target holds in other words.
    if before.organisations.keys() == names.keys():
        sentences += targets_moved(before.targets, now.targets)
    return tuple(sentences)
