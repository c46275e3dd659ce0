"""What every form of the record shares: errors beside their fields, and all saved or nothing."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

# Guards a page with a form, which is shown or sent; other methods are refused.
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
AT_THE_SAME_MOMENT = "Somebody else saved the same at this very moment. Save again to go on."

# Words of our own in place of Django's, by the code of the error.
WORDS = {
    "max_length": "Shorten it to %(limit_value)d characters; it has %(show_value)d.",
    "invalid_choice": "Choose one from the list.",
}
# For numbers; a field that knows better says it in its own.
LIMITS = {
    "min_value": "Give %(limit_value)s or more.",
    "max_value": "Give no more than %(limit_value)s.",
    "max_decimal_places": "Give no more than %(max)s decimal places.",
    "max_whole_digits": "Give a smaller number.",
}


class Overtaken(Exception):
    """Somebody else saved in between."""


class RecordForm(forms.ModelForm):
    """A form for one row of the record."""

    # What the page is answered with that shows the form again.
    status = HTTPStatus.OK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = {**LIMITS, **field.error_messages, **WORDS}
            # The row's own rules name a NUL as they name its like, and once.
            field.validators = [
                rule
                for rule in field.validators
                if not isinstance(rule, ProhibitNullCharactersValidator)
            ]

    def _update_errors(self, errors: ValidationError) -> None:
        """Show what a constraint refuses beside the field that its error code names.

        What could not be read is no value to be measured by the rules of the row.
        """
        unread = (self.errors.keys() & self.fields.keys()) - self.cleaned_data.keys()
        beside: dict[str, list[ValidationError]] = {
            name: found for name, found in errors.error_dict.items() if name not in unread
        }
        for error in beside.pop(NON_FIELD_ERRORS, []):
            field = error.code if error.code in self.fields else NON_FIELD_ERRORS
            beside.setdefault(field or NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(ValidationError(beside))  # type: ignore[misc]

    def saved(self) -> bool:
        """Save everything or nothing, and tell which; what stood in the way is then an error."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.hold_still()
                self.write()
        except (IntegrityError, Overtaken):
            self.add_error(None, AT_THE_SAME_MOMENT)
            return False
        return True

    def hold_still(self) -> None:
        """See to it that nobody else changes the row until it is written. Raises Overtaken."""

    def write(self) -> None:
        """Write the row and what it needs, inside a transaction."""
        self.save()


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing while it is only shown."""
    return request.POST if request.method == "POST" else None
