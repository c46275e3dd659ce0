"""The archive: every edition with its files, who may have which, and one ZIP of them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Length
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from incidents.month import Month
from reports.committee import Version
from reports.models import Edition, EditionFile
from reports.publishing import when_and_by_whom
from reports.publishing.files import base_name

Kind = EditionFile.Kind
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
# What a ZIP holds: every file, or those that are public.
COMPLETE, PUBLIC = "complete", "public"
# Which file a version is on paper, and in Word.
REPORTS = {
    "pdf": {Version.FULL: Kind.FULL_PDF, Version.PUBLIC: Kind.PUBLIC_PDF},
    "docx": {Version.FULL: Kind.FULL_WORD, Version.PUBLIC: Kind.PUBLIC_WORD},
}
# What is read of a file before its content.
LIGHT = ("kind", "name", "sha256", "edition__month", "edition__number")
EXPLAINED = (
    "The checksums are SHA-256. “manage.py check_edition FILE”, or the page “Check a file” of the "
    "archive, says which edition a file is."
)


class NoSuchEdition(Exception):
    """What was asked for was never published, or is not for this viewer; the message says so."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of an edition as the archive lists it; `size` is in bytes."""

    kind: str
    label: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition as the archive lists it, with the files that the viewer may have."""

    month: Month
    number: int
    published: str
    reason: str
    gaps: tuple[str, ...]
    changes: tuple[str, ...]
    files: tuple[KeptFile, ...]

    @property
    def is_public(self) -> bool:
        return any(file.kind == Kind.PUBLIC_PDF for file in self.files)


def open_to(*, sees_all: bool) -> Any:
    """The files that a viewer may have: all, or those that are public.

    The full version is of all organisations. What is neither version, such as the figures, is
    public where its edition has a public version.
    """
    files = EditionFile.objects.all()
    if sees_all:
        return files
    public = EditionFile.objects.filter(edition=OuterRef("edition"), kind=Kind.PUBLIC_PDF)
    return files.filter(~Q(kind__startswith="full."), Exists(public))


def sized(files: Any) -> Any:
    """Give each file its size in bytes; its content stays in the database."""
    return files.annotate(size=Length("content", output_field=IntegerField()))


def archive_for(*, sees_all: bool) -> dict[int, list[KeptEdition]]:
    """Every edition by year, newest first (two queries).

    Reasons, gaps and changes may name what is not for publication: they are for those who see all
    organisations.
    """
    files: dict[int, list[KeptFile]] = {}
    listed = sized(open_to(sees_all=sees_all))
    for edition, *rest in listed.values_list("edition", "kind", "name", "sha256", "size"):
        kind = Kind(rest[0])
        files.setdefault(edition, []).append(KeptFile(kind.value, str(kind.label), *rest[1:]))
    years: dict[int, list[KeptEdition]] = {}
    kept = Edition.objects.select_related("published_by")
    for each in kept.defer("figures", "narrative", "targets", "incidents"):
        found = edition_with(each, in_order(files.get(each.pk, [])), sees_all)
        years.setdefault(each.month.year, []).append(found)
    return years


def edition_with(edition: Edition, files: Sequence[KeptFile], sees_all: bool) -> KeptEdition:
    return KeptEdition(
        month=Month.of_day(edition.month),
        number=edition.number,
        published=when_and_by_whom(edition),
        reason=edition.reason if sees_all else "",
        gaps=tuple(edition.gaps) if sees_all else (),
        changes=tuple(edition.changes) if sees_all else (),
        files=tuple(files),
    )


def in_order(files: Iterable[KeptFile]) -> list[KeptFile]:
    """The public version first, then the full one, then the figures."""
    rank = {kind.value: place for place, kind in enumerate(ORDER)}
    return sorted(files, key=lambda file: rank[file.kind])


ORDER = (
    *(Kind.PUBLIC_PDF, Kind.PUBLIC_HTML, Kind.PUBLIC_WORD),
    *(Kind.FULL_PDF, Kind.FULL_HTML, Kind.FULL_WORD),
    *(Kind.FIGURES_JSON, Kind.FIGURES_CSV),
)


def report_kept(
    month: Month, edition: str, version: Version | None, form: str = "pdf", *, sees_all: bool
) -> EditionFile | None:
    """Return the report of an edition by its number, or of the last; its content is not read yet.

    Unless a version is asked for it is the full one for those who may have it, and the public one
    for the others. None where the month was never published and no number is given. Raises
    NoSuchEdition (one query).
    """
    kinds = REPORTS[form]
    files = EditionFile.objects.filter(edition__month=month.first_day, kind__in=kinds.values())
    found: dict[tuple[int, str], EditionFile]
    found = {(f.edition.number, f.kind): f for f in files.select_related("edition").only(*LIGHT)}
    numbers = {str(number) for number, _ in found}
    if edition and edition not in numbers:
        raise NoSuchEdition(f"There is no edition {edition} of {month.label}.")
    if not found:
        return None
    number = int(edition) if edition else max(map(int, numbers))
    version = version or (Version.FULL if sees_all else Version.PUBLIC)
    if version is Version.FULL and not sees_all:
        raise NoSuchEdition("The full version is for those who see every organisation.")
    if (number, kinds[version]) not in found:
        raise NoSuchEdition(
            f"Edition {number} of {month.label} is classified as not public: it has no public "
            "version."
        )
    return found[number, kinds[version]]


def zip_name(edition: Edition, version: str) -> str:
    return f"{base_name(Month.of_day(edition.month), edition.number, version)}.zip"


def zip_of(edition: Edition, files: Iterable[EditionFile]) -> bytes:
    """Pack files of an edition with a README. The same files give the same bytes.

    Nothing is compressed: a PDF is so already, and compressed bytes differ between machines.
    """
    packed = sorted(files, key=lambda file: file.name)
    at = timezone.localtime(edition.published_at).timetuple()[:6]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        readme = readme_of(edition, packed).encode()
        for name, content in [
            ("README.txt", readme),
            *((f.name, bytes(f.content)) for f in packed),
        ]:
            entry = zipfile.ZipInfo(name, at)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return data.getvalue()


def readme_of(edition: Edition, files: Iterable[EditionFile]) -> str:
    """Say what is packed; nothing of the edition's reasons, which a public ZIP must not tell."""
    lines = [f"{edition}", f"Published {when_and_by_whom(edition)}.", ""]
    for file in files:
        size = filesizeformat(len(bytes(file.content))).replace("\xa0", " ")
        lines += [file.name, f"    {Kind(file.kind).label}, {size}", f"    {file.sha256}"]
    return "\n".join([*lines, "", EXPLAINED, ""])
