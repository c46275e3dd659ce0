"""Which edition a file is: told by its checksum, and by nothing that stands in it."""

from incidents.month import Month
from reports.models import EditionFile
from reports.publishing.preparing import when_and_by_whom

NO_EDITION = "No edition has this checksum."
VERSIONS = {
    "full": "This is the full version",
    "public": "This is the public version",
    "figures": "These are the figures",
}
FORMS = {
    "pdf": "",
    "html": " as a web page",
    "docx": " as a Word document",
    "json": " as JSON",
    "csv": " as CSV",
}


def told_by(checksum: str) -> list[str]:
    """Say which editions hold a file of this SHA-256: one sentence each, none where none does.

    More than one may: figures that did not move make the same file of rows again, and where
    nothing is left out the public version is the full one.
    """
    # The public version first.
    found = EditionFile.objects.filter(sha256=checksum).order_by("edition_id", "-kind")
    rows = found.select_related("edition__published_by").only(
        "kind",
        "edition__month",
        "edition__number",
        "edition__published_at",
        "edition__published_by__username",
        "edition__published_by__first_name",
        "edition__published_by__last_name",
    )
    return [sentence(row) for row in rows]


def sentence(file: EditionFile) -> str:
    """Say "This is the public version of edition 1 of March 2019, published …"."""
    version, _, form = file.kind.partition(".")
    edition = file.edition
    what = f"{VERSIONS[version]}{FORMS[form]} of edition {edition.number}"
    month = Month.of_day(edition.month).label
    return f"{what} of {month}, published {when_and_by_whom(edition)}."
