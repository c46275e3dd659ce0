"""What is typed and not saved, as the report would print it."""

from datetime import date
from typing import Any

from reports.committee.values import Author, Committee, Narrative
from reports.forms.report import ReportForms
from reports.models import CommitteeReport, ReportCommittee

FRONT = ("subject", "classification", "report_of")


def narrative_typed(forms: ReportForms) -> Narrative:
    """Freeze what the forms say, right or wrong; a date that is none is left out.

    For those who do not see every organisation the front block is that on record.
    """
    form = forms.narrative
    fields = dict.fromkeys(CommitteeReport.NARRATIVE, "")
    fields |= {name: getattr(form.instance, name) for name in FRONT}
    fields |= {field.name: field.value() or "" for field in form.visible_fields()}
    fields["classification"] = label(CommitteeReport, "classification", fields["classification"])
    return Narrative(
        **fields,
        committees=tuple(
            Committee(
                row["name"],
                row["meets_on"] if isinstance(row.get("meets_on"), date) else None,
                label(ReportCommittee, "purpose", row["purpose"] or ""),
            )
            for row in forms.committees.typed()
        ),
        authors=tuple(
            Author(row["name"], row["role"], row["contact"]) for row in forms.authors.typed()
        ),
        improvements={
            organisation.slug: tuple(row["text"] for row in lines.typed())
            for organisation, lines in forms.improvements
        },
    )


def label(model: Any, field: str, value: str) -> str:
    """The words of a choice, or what was sent where it is none."""
    return str(dict(model._meta.get_field(field).flatchoices).get(value, value))
