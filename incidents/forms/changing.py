"""Forms for a row that somebody else may change while a person fills them in."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.forms.at_once import ChangedBy, as_seen, changed_by, mark_of, seen_before
from incidents.forms.lately import changed_last
from incidents.forms.saving import Overtaken, RecordForm
from incidents.forms.values import as_typed, in_words, value_of

CHOOSE = "Somebody else has changed this too. Choose above which of the two is saved."


@dataclass(frozen=True, slots=True)
class Between:
    """A value that two have changed, for a person to choose one.

    field: the id of its input. choice: the name of the choice. state: a mark of what it is about.
    by: who saved theirs, and when.
    """

    label: str
    field: str
    choice: str
    state: str
    mine: str
    theirs: str
    by: str


class ChangingForm(RecordForm):
    """A form for one row, which sends along what its person saw of it.

    What somebody else alone has changed since is kept. What both have changed is saved once the
    person has chosen. A form that does not say what was seen has seen what is on record.
    """

    # What stands before the label of a field where several forms are on one page.
    whose = ""
    # Fields that are asked for and do not stand on record.
    NOT_ON_RECORD: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether all that the form says stood on record before it was sent.
        self.stood_already = False
        self.asked: dict[str, Between] = {}
        # The labels of what somebody else alone has changed.
        self.kept: list[str] = []
        # The instance takes on what is typed; this is what it said when it was read.
        self.as_read = columns(self.instance)

    @property
    def between(self) -> list[Between]:
        """What two have changed, for the person to choose."""
        return list(self.asked.values())

    @property
    def watches(self) -> bool:
        """Tell whether the row stands on record, or might do so meanwhile."""
        return self.instance.pk is not None

    @cached_property
    def on_record(self) -> dict[str, str]:
        """What is on record, by field, as a person would type it."""
        return {
            name: as_typed(field, self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if self.watches and name not in self.NOT_ON_RECORD
        }

    @property
    def marks(self) -> str:
        """What the person is shown as on record; what is between two has not been seen."""
        return as_seen({n: said for n, said in self.on_record.items() if n not in self.asked})

    @property
    def seen(self) -> SafeString | str:
        """The input that sends the marks along."""
        if not self.watches:
            return ""
        name = self.add_prefix("seen")
        return format_html('<input type="hidden" name="{}" value="{}">', name, self.marks)

    def full_clean(self) -> None:
        """Bring together what two have typed, then read it."""
        sent = self.data.get(self.add_prefix("seen")) if self.is_bound else None
        if sent is not None and self.watches:
            self.bring_together(seen_before(sent))
        self.read()
        for name in self.asked:
            self.add_error(name, CHOOSE)
            self.status = HTTPStatus.CONFLICT

    def read(self) -> None:
        """Read what is typed, as every form does."""
        super().full_clean()

    def bring_together(self, seen: dict[str, str]) -> None:
        for name, on_record in self.on_record.items():
            typed = self.typed(name, seen)
            match changed_by(typed, on_record, seen.get(name)):
                case ChangedBy.THEM:
                    self.put(name, on_record)
                    self.kept.append(self.label(name))
                case ChangedBy.BOTH:
                    self.choose(name, typed, on_record)

    def typed(self, name: str, seen: dict[str, str]) -> str:
        """What is typed, written as what is on record is: two writings of a time are one."""
        field, sent = self.fields[name], self[name].data
        plain = as_typed(field, sent)
        if plain == self.on_record[name] or mark_of(plain) == seen.get(name):
            return plain
        return as_typed(field, value_of(field, sent))

    def choose(self, name: str, typed: str, on_record: str) -> None:
        """Take what the person has chosen of two, or ask for it; a choice is of what was shown."""
        state, choice = mark_of(on_record), self.add_prefix(f"choice-{name}")
        chosen = self.data.get(choice)
        if chosen == f"theirs-{state}":
            self.put(name, on_record)
        elif chosen != f"mine-{state}":
            field = self[name]
            mine, theirs = (in_words(field.field, each) for each in (typed, on_record))
            label = self.label(name)
            by = changed_last(self.instance, name)
            self.asked[name] = Between(label, field.auto_id, choice, state, mine, theirs, by)

    def label(self, name: str) -> str:
        return f"{self.whose}{self[name].label}"

    def put(self, name: str, words: str) -> None:
        """Let the form say what is on record."""
        data: Any = copy(self.data)
        data[self.add_prefix(name)] = words
        if not words:
            # A box that is not ticked is not sent at all.
            del data[self.add_prefix(name)]
        self.data = data

    @property
    def stands(self) -> bool:
        """Tell whether all that the form says, once it is read, stands on record."""
        said = {n: as_typed(self.fields[n], self.cleaned_data.get(n)) for n in self.on_record}
        return bool(said) and said == self.on_record

    def saved(self) -> bool:
        """As every form; what stands on record already is saved, and not written anew."""
        self.stood_already = self.is_valid() and self.stands
        return self.stood_already or super().saved()

    def hold_still(self) -> None:
        """Let nobody else change the row until it is written. Raises Overtaken where one has."""
        if self.instance.pk:
            rows = type(self.instance)._base_manager.filter(pk=self.instance.pk)
            found = rows.select_for_update().order_by("pk").first()
            if found is None or columns(found) != self.as_read:
                raise Overtaken


class Together:
    """Several forms on one page, of which all are saved, or none."""

    # Whether all that they say stood on record before it was sent.
    stood_already = False

    def each(self) -> Iterable[ChangingForm]:
        raise NotImplementedError

    @property
    def between(self) -> list[Between]:
        return [value for form in self.each() for value in form.between]

    @property
    def kept(self) -> list[str]:
        return [label for form in self.each() for label in form.kept]

    @property
    def status(self) -> HTTPStatus:
        return max((form.status for form in self.each()), default=HTTPStatus.OK)


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
