"""Two who change one record in any order: no text that is typed or saved is ever lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.access import Viewer
from incidents.forms import ProblemRecordForm
from incidents.forms.at_once import ChangedBy, as_seen, changed_by, mark_of, seen_before
from incidents.models import ProblemRecord
from tests.builders import corporation_manager, problem_record

FIELDS = ("owner", "next_action", "root_cause", "workaround")
TEXT = st.sampled_from(["", "a", "b", "words & <b>"])
TYPED = st.dictionaries(st.sampled_from(FIELDS), TEXT, max_size=len(FIELDS))
# Who does something; what they type; whether they save then; what they choose where asked.
STEP = st.tuples(st.sampled_from([0, 1]), TYPED, st.booleans(), st.sampled_from(["mine", "theirs"]))
Texts = dict[str, str]


class Window:
    """One person's window: what it showed when it was opened, and what stands in it now."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.open()

    def form(self, data: Any = None) -> ProblemRecordForm:
        return ProblemRecordForm(self.viewer, data, instance=ProblemRecord.objects.get())

    def open(self) -> None:
        form = self.form()
        self.sent = form.on_record | {"seen": form.marks}
        self.shown = texts(form.on_record)

    def save(self, choice: str) -> None:
        """Save, choosing where that is asked for, and see that nothing is lost on the way."""
        before, typed = on_record(), texts(self.sent)
        between = {
            name
            for name in FIELDS
            if typed[name] not in (before[name], self.shown[name])
            and before[name] != self.shown[name]
        }
        form = self.form(self.sent)
        assert form.saved() == (not between), form.errors
        if between:
            assert on_record() == before
            assert {n: (each.mine, each.theirs) for n, each in form.asked.items()} == {
                name: (typed[name], before[name]) for name in between
            }
            assert all(form[name].value() == typed[name] for name in between)
            chosen = {each.choice: f"{choice}-{each.state}" for each in form.between}
            assert self.form(self.sent | chosen).saved()
        for name, after in on_record().items():
            mine_stays = typed[name] != self.shown[name] and (
                name not in between or choice == "mine"
            )
            assert after == (typed[name] if mine_stays else before[name])
        self.open()


def texts(values: Texts) -> Texts:
    return {name: values[name] for name in FIELDS}


def on_record() -> Texts:
    return texts(vars(ProblemRecord.objects.get()))


@pytest.mark.once
@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=2, max_size=8))
def test_nothing_is_lost_in_whatever_order_two_write(
    steps: list[tuple[int, Texts, bool, str]], db: None
) -> None:
    ProblemRecord.objects.all().delete()
    problem_record(reference="PRB-1", owner="a", root_cause="b")
    viewer = Viewer(corporation_manager_once())
    windows = [Window(viewer), Window(viewer)]
    for who, typed, saves, choice in steps:
        windows[who].sent |= typed
        if saves:
            windows[who].save(choice)


def corporation_manager_once() -> User:
    """The manager, the same one for every example."""
    return User.objects.filter(username="corporation-manager").first() or corporation_manager()


@pytest.mark.parametrize(
    ("typed", "on_record", "seen", "by"),
    [
        ("a", "a", "a", ChangedBy.NOBODY),
        ("a", "a", "b", ChangedBy.NOBODY),
        ("b", "a", "a", ChangedBy.ME),
        ("a", "b", "a", ChangedBy.THEM),
        ("b", "c", "a", ChangedBy.BOTH),
        ("", "c", "a", ChangedBy.BOTH),
    ],
)
def test_whose_a_difference_is(typed: str, on_record: str, seen: str, by: ChangedBy) -> None:
    assert changed_by(typed, on_record, mark_of(seen)) == by


def test_a_difference_from_something_unseen_is_of_both() -> None:
    assert changed_by("a", "b", None) == ChangedBy.BOTH


def test_what_is_sent_along_is_read_again_and_tells_no_words() -> None:
    sent = as_seen({"reason": "secret"})
    assert seen_before(sent) == {"reason": mark_of("secret")}
    assert "secret" not in sent
