"""The front block and the texts of one month, which two people may write at once."""

from typing import Any

from django import forms
from django.db.models import F

from incidents.forms.saving import Overtaken, RecordForm
from reports.exempt import well_marked
from reports.forms.rows import in_own_words
from reports.models import CommitteeReport

UNKNOWN_STATE = (
    "It is not known which state of the report you saw. Copy what you typed, open this page "
    "again and save it there."
)
HIGHEST_REVISION = 2**31 - 1  # what the column holds
LONGEST_BASE = 100_000


class NarrativeForm(RecordForm):
    """The texts and the front block of one month."""

    # Which state of the report the person saw, so that nobody overwrites unseen words.
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=HIGHEST_REVISION,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), UNKNOWN_STATE
        ),
    )

    # What each part said then, so that only what both changed is between them.
    base = forms.CharField(required=False, max_length=LONGEST_BASE, widget=forms.HiddenInput)

    class Meta:
        model = CommitteeReport
        fields = ["subject", "classification", "report_of", *CommitteeReport.NARRATIVE]
        widgets = {name: forms.Textarea({"rows": 6}) for name in CommitteeReport.NARRATIVE}

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision
        for name in CommitteeReport.NARRATIVE:
            self.fields[name].validators.append(well_marked)
        if not sees_all:
            # What is of all organisations together stays as it is.
            for name in self._meta.fields or ():
                del self.fields[name]
        in_own_words(self)

    def write(self) -> None:
        """Save; inside a transaction. Raises Overtaken if somebody else saved in between."""
        if self.instance.pk:
            seen = self.cleaned_data["seen"]
            unchanged = CommitteeReport.objects.filter(pk=self.instance.pk, revision=seen)
            if not unchanged.update(revision=F("revision") + 1):
                raise Overtaken
            self.instance.revision = seen + 1
        else:
            self.instance.revision = 1
        self.save()
