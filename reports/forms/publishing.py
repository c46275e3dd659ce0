"""What a person says when publishing a month: which edition is expected, and why."""

from typing import Any

from django import forms

from incidents.forms.saving import WORDS
from incidents.text import plain_text

WHY = (
    "The edition keeps it. One that takes the place of another prints it, in the public version "
    "too: name nothing here that is not for publication."
)
LONGEST = 2_000


class PublishForm(forms.Form):
    """The confirmation of what the page shows."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)
    reason = forms.CharField(
        required=False,
        max_length=LONGEST,
        validators=[plain_text],
        label="Reason for publishing",
        help_text=WHY,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, reason_is_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required = reason_is_needed
        if not reason_is_needed:
            reason.label = "Remark, if any"
        reason.error_messages |= WORDS | {"required": "Say why it is published as it stands."}
