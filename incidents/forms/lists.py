"""The forms of the lists that administrators keep: a row of each."""

from typing import Any, Generic, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError

from incidents.access import Viewer
from incidents.forms.changing import ChangingForm
from incidents.forms.fields import DayField, OrganisationField, TypedInput, day_of_a_month
from incidents.forms.shown import ShowingForm
from incidents.models import Organisation, Priority, ScoreTarget, Service, Supplier
from incidents.models.catalogue import Named
from incidents.people import everybody, set_members
from incidents.querysets import called
from incidents.text import one_line

N = TypeVar("N", bound=Named)


class ListForm(ChangingForm):
    """A row of a list, for somebody who keeps it; two who change it at once lose nothing."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def offer_organisations(self, prompt: str) -> None:
        field = cast(OrganisationField, self.fields["organisation"])
        field.offer(self.viewer.organisations, prompt)


class NamedForm(ListForm):
    """A row that is a name; its address stays when the name changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = not self.is_bound
        self.fields["name"].error_messages["required"] = "Give a name."

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class OfferedForm(NamedForm):
    """A name that whoever logs an incident is offered: one of a list is there for everybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("offered_to_all", True)


class ServiceForm(OfferedForm):
    class Meta:
        model = Service
        fields = ["name", "offered_to_all"]


class SupplierForm(OfferedForm):
    class Meta:
        model = Supplier
        fields = ["name", "offered_to_all"]


class PriorityForm(NamedForm):
    class Meta:
        model = Priority
        fields = ["name", "level", "definition", "reported"]
        help_texts = {"level": "1 is the worst."}


class OrganisationForm(ShowingForm, NamedForm):
    """An organisation and the people who see what belongs to it."""

    NOT_ON_RECORD = ("members", "shown")

    members = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Who may see what belongs to it, besides administrators. Whoever is to publish "
        "a month has to see every organisation.",
    )

    class Meta:
        model = Organisation
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = everybody().filter(is_active=True).prefetch_related(None)
        self.people = {str(each.pk): each for each in people}
        choices = [(key, vars(each)["shown_name"]) for key, each in self.people.items()]
        cast(forms.MultipleChoiceField, self.fields["members"]).choices = choices
        if self.instance.pk:
            members = self.instance.members.values_list("pk", flat=True)
            self.initial["members"] = [str(pk) for pk in members]
            self.show_mark()

    def words_on_record(self) -> str:
        """Who sees it; what is on its own row is brought together as everywhere."""
        members = self.initial.get("members", [])
        return ", ".join(
            str(vars(self.people[key])["shown_name"]) for key in members if key in self.people
        )

    @property
    def stands(self) -> bool:
        return super().stands and "members" not in self.changed_data

    def write(self) -> None:
        self.save()
        set_members(self.instance, [self.people[key] for key in self.cleaned_data["members"]])


class ScoreTargetForm(ListForm):
    """What users' scores should reach, from a day."""

    organisation = OrganisationField(key="slug", required=False)
    starts_on = DayField(
        label="In force from",
        help_text="Months before this day keep the target that they had.",
        validators=[day_of_a_month],
    )

    class Meta:
        model = ScoreTarget
        fields = ["measure", "organisation", "starts_on", "target_percent", "tolerance_points"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_organisations("All without a target of their own")


class MergeForm(forms.Form, Generic[N]):
    """Another row of the same list, which takes the place of this one."""

    into = forms.CharField(max_length=120, label="Into")

    def __init__(self, row: N, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        plural = row._meta.verbose_name_plural
        self.fields["into"].widget = TypedInput(f"suggest_{plural}", adds=False)
        self.fields["into"].error_messages["required"] = "Type the name of the one that stays."

    def clean_into(self) -> N:
        name = one_line(self.cleaned_data["into"])
        others = type(self.row)._default_manager.exclude(pk=self.row.pk)
        found = called(others, name).first()
        if found is None:
            noun = self.row._meta.verbose_name
            raise ValidationError(f"There is no other {noun} called “{name}”.")
        return found
