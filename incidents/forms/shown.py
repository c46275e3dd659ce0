"""Forms whose values stand in several tables: who saves what another changed is asked once."""

from copy import copy
from http import HTTPStatus
from typing import Any

from django import forms

from incidents.forms.at_once import mark_of

CHANGED = (
    "Somebody else has changed this meanwhile. On record now: {}. What you chose is still here: "
    "save again to put it in the place of that."
)


class ShowingForm(forms.Form):
    """A form that sends along a mark of what its person was shown."""

    status = HTTPStatus.OK
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def words_on_record(self) -> str:
        """What is on record, in words."""
        raise NotImplementedError

    def show_mark(self) -> None:
        self.initial["shown"] = mark_of(self.words_on_record())

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        sent, words = values.pop("shown", ""), self.words_on_record()
        if sent and sent != mark_of(words):
            self.add_error(None, CHANGED.format(words))
            self.status = HTTPStatus.CONFLICT
            data: Any = copy(self.data)
            data[self.add_prefix("shown")] = mark_of(words)
            self.data = data
        return values
