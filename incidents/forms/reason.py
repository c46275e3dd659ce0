"""Why something is done: one text, which is always wanted."""

from django import forms

from incidents.text import plain_text


class ReasonForm(forms.Form):
    """The reason that the history keeps."""

    why = forms.CharField(
        label="Why",
        max_length=1000,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 3}),
        help_text="Kept in the history, with your name.",
        error_messages={"required": "Say why in a sentence."},
    )
