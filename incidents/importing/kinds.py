"""The kinds of file, each with its columns, and the two steps that every import takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from incidents.importing import incident_files, incident_rows
from incidents.importing.outcome import CHANGED_SINCE, Preview
from incidents.importing.score_files import CONTACTS, NPS, SATISFACTION, ScoreFile
from incidents.importing.sheet import Refused, Sheet, read_sheet
from incidents.models import Organisation


@dataclass(frozen=True)
class Kind:
    """A kind of file: the columns that it must and may have, and how it is previewed."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    preview: Callable[[Sheet, list[Organisation] | None], Preview]


def of_scores(file: ScoreFile) -> Kind:
    return Kind(file.required, (), file.preview)


KINDS = {
    "incidents": Kind(
        incident_rows.REQUIRED, incident_rows.OPTIONAL, incident_files.preview_incidents
    ),
    "nps": of_scores(NPS),
    "satisfaction": of_scores(SATISFACTION),
    "contacts": of_scores(CONTACTS),
}


def preview(
    kind: str, content: bytes, organisations: Iterable[Organisation] | None = None
) -> Preview:
    """Say what a file would do, writing nothing.

    kind: a key of KINDS. organisations: those that the person may write to, who gets every
    other refused as unknown; None for all. Raises Refused where the file cannot be read at
    all; what is wrong with single rows stands in the preview's faults.
    """
    chosen = KINDS[kind]
    sheet = read_sheet(content, chosen.required, chosen.optional)
    return chosen.preview(sheet, None if organisations is None else list(organisations))


def apply(previewed: Preview) -> None:
    """Write what a preview says, all or nothing.

    Raises Refused where the preview has faults, or where somebody's change since then stands
    in the way: preview the file again.
    """
    if previewed.fault_count:
        raise Refused("Nothing was written: the file has faults.")
    try:
        with transaction.atomic():
            previewed.write()
    except IntegrityError:
        raise Refused(CHANGED_SINCE) from None
