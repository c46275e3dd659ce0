"""A term of the glossary: an abbreviation and what it means."""

from typing import Any

from incidents.forms.fields import ProseField
from incidents.forms.lists import ListForm
from incidents.text import one_line
from reports.models import GlossaryTerm


class GlossaryTermForm(ListForm):
    """An abbreviation, which the address may have filled in, and its meaning."""

    meaning = ProseField(help_text="In plain words, for a reader who meets it for the first time.")

    class Meta:
        model = GlossaryTerm
        fields = ["abbreviation", "meaning"]
        error_messages = {
            "abbreviation": {
                "required": "Give the abbreviation.",
                "unique": "The glossary explains it already.",
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meaning"].required = True
        self.fields["meaning"].error_messages["required"] = "Say what it means."

    def clean_abbreviation(self) -> str:
        return one_line(self.cleaned_data["abbreviation"])
