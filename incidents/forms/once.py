"""Forms that log something new, once, however often they are sent."""

import json
from copy import copy
from hashlib import sha256
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from incidents.access import Viewer
from incidents.forms.changing import ChangingForm
from incidents.models import Incident, ProblemRecord, Sending


class TokenField(forms.UUIDField):
    """What tells one form that was shown from every other; anything else is no token.

    A field of text that is out of sight: a browser that goes back fills in such a one again as it
    was sent, and a field of the hidden kind as the page comes.
    """

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.TextInput({"hidden": True}))

    def clean(self, value: Any) -> UUID | None:
        try:
            token: UUID | None = super().clean(value)
        except ValidationError:
            return None
        return token


class LoggingForm(ChangingForm):
    """A form that logs a row, or changes one.

    logs: the field of a Sending that holds such a row.
    """

    logs: ClassVar[str]
    token = TokenField()

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.initial["token"] = uuid4()
        if self.instance.pk:
            del self.fields["token"]

    def clean(self) -> dict[str, Any]:
        """Keep the reference where none is given, unless the row goes to another organisation."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        organisation = values.get("organisation")
        stays = organisation is None or organisation.pk == self.instance.organisation_id
        if stays and values.get("reference") == "":
            values["reference"] = self.instance.reference
        return values

    def saved(self) -> bool:
        """As every form; what this very form has logged already is saved, and not logged anew."""
        # Asked once more where saving failed: the other of two may have come first meanwhile.
        return self.logged_already() or super().saved() or self.logged_already()

    def logged_already(self) -> bool:
        """Tell whether this form has logged its row.

        Where it says something else now, or the row is not the person's to see any more, ask.
        """
        token = self.token_sent
        if token is None:
            return False
        theirs = Sending.objects.filter(sent_by_id=self.viewer.user.pk, token=token)
        earlier = theirs.exclude(**{self.logs: None}).select_related(self.logs).first()
        if earlier is None:
            return False
        row: Incident | ProblemRecord = getattr(earlier, self.logs)
        if earlier.content != self.content or not self.sees(row):
            self.ask_whether_another(row)
            return False
        self.instance, self.stood_already = row, True
        return True

    @property
    def token_sent(self) -> UUID | None:
        if not self.is_bound or "token" not in self.fields:
            return None
        return TokenField().clean(self["token"].data)

    @property
    def content(self) -> str:
        """A checksum of what was typed, whatever its line breaks."""
        typed = {name: self[name].data for name in self.fields if name != "token"}
        words = json.dumps(typed, default=str).replace("\\r\\n", "\\n")
        return sha256(words.encode()).hexdigest()

    def sees(self, row: Any) -> bool:
        """Tell whether the person still sees what the form has logged."""
        raise NotImplementedError

    def ask_whether_another(self, row: Incident | ProblemRecord) -> None:
        """Refuse a form that logged something before, so that the next sending passes."""
        words = "This form has logged something already that belongs to another organisation by now"
        if self.sees(row):
            words = 'This form has logged <a href="{}">{}</a> already'
            words = format_html(words, row.get_absolute_url(), row.reference)
        rest = ", and what it says now is not saved. Save again to log it as another one."
        self.add_error(None, format_html("{}{}", words, rest))
        self.status = HTTPStatus.CONFLICT
        anew: Any = copy(self.data)
        anew[self.add_prefix("token")] = str(uuid4())
        self.data = anew

    def write(self) -> None:
        """Write the row, and which form it came from: both or neither."""
        super().write()
        if token := self.token_sent:
            row = {self.logs: self.instance}
            Sending.keep(self.viewer.user, token=token, content=self.content, **row)
