"""All holds of an incident in one form: what is understood, refused, kept and written."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from incidents.forms import HoldFormSet
from incidents.forms.fields import MomentField
from incidents.forms.holds import HoldForm
from incidents.models import Hold, Incident
from incidents.veiling import veiled
from tests.builders import hold, incident, moment

pytestmark = pytest.mark.django_db
FIELDS = ("id", "ground", "started_at", "ended_at")


def sent(*rows: dict[str, str], known: int | None = None) -> HoldFormSet:
    """The form sent for the one incident on record; rows with an id come first.

    known: how many holds stood on record when the page came, else as many as have an id.
    """
    data = {
        "hold-TOTAL_FORMS": str(len(rows)),
        "hold-INITIAL_FORMS": str(sum("id" in row for row in rows) if known is None else known),
    }
    for number, row in enumerate(rows):
        data |= {f"hold-{number}-{name}": value for name, value in row.items()}
    return HoldFormSet(Incident.objects.get(), data)


def row(started_at: str = "", ended_at: str = "", ground: str = "supplier", **more: str) -> Any:
    """A row as typed, by the time of 12 March 2019."""
    times = {"started_at": started_at, "ended_at": ended_at}
    return {n: f"2019-03-12T{t}" if t else "" for n, t in times.items()} | {"ground": ground} | more


def row_of(made: Hold, **typed: str) -> dict[str, str]:
    """The row of a hold as the page shows it, and what was typed over it."""
    shown = {
        "ground": made.ground,
        "started_at": local(made.started_at),
        "ended_at": local(made.ended_at),
    }
    return (
        {"id": str(veiled("hold", made.pk)), "seen": HoldForm(instance=made).marks} | shown | typed
    )


def local(at: Any) -> str:
    return str(MomentField().prepare_value(at) or "")


def saved(*rows: dict[str, str], known: int | None = None) -> list[str]:
    form = sent(*rows, known=known)
    assert form.saved(), list(form.mistakes) or form.non_form_errors()
    return on_record()


def on_record() -> list[str]:
    return [str(each) for each in Hold.objects.all()]


def refused(*rows: dict[str, str], known: int | None = None) -> list[tuple[str, str]]:
    """Return the fields and what is wrong with them, having seen that nothing was written."""
    before = list(Hold.objects.values())
    form = sent(*rows, known=known)
    assert not form.saved()
    assert list(Hold.objects.values()) == before
    return [(field.removeprefix("id_hold-"), words) for _, field, words in form.mistakes]


def test_a_hold_moves_the_due_time() -> None:
    incident(takes=None)
    assert saved(row("10:30", "12:30")) == ["Awaiting supplier, 12 Mar 2019, 10:30 to 12:30"]
    after = Incident.objects.get()
    assert after.resolve_due_at == moment("2019-03-12 16:00")
    assert str(after.held_for_suppliers) == "2:00:00"


def test_a_hold_without_end_stops_the_clock() -> None:
    incident(takes=None)
    saved(row("10:30"))
    assert Incident.objects.get().on_hold_since == moment("2019-03-12 10:30")


def test_an_empty_row_is_no_hold() -> None:
    incident()
    assert saved(row(ground="")) == []


def test_of_several_rows_each_is_written() -> None:
    incident(takes=None)
    first = hold(Incident.objects.get())
    assert saved(row_of(first, ground="user"), row("11:00", "12:00", "change")) == [
        "Awaiting user, 12 Mar 2019, 10:10 to 10:40",
        "Change window, 12 Mar 2019, 11:00 to 12:00",
    ]


def test_a_hold_is_removed_by_a_tick_whatever_else_stands_in_its_row() -> None:
    made = hold(incident(takes=None))
    form = sent(row_of(made, started_at="nonsense", DELETE="on"))
    assert form.saved()
    assert (on_record(), form.removed) == ([], 1)
    assert Incident.objects.get().resolve_due_at == moment("2019-03-12 14:00")


def test_one_may_end_as_the_next_starts() -> None:
    made = hold(incident(takes=None), ended_at=None)
    assert saved(row_of(made, ended_at="2019-03-12T11:00"), row("11:00", ground="user")) == [
        "Awaiting supplier, 12 Mar 2019, 10:10 to 11:00",
        "Awaiting user, since 12 Mar 2019, 11:00",
    ]


def test_a_hold_is_reopened_while_another_ends() -> None:
    early = hold(incident(takes=None))
    late = hold(early.incident, started_at=moment("2019-03-12 12:00"), ended_at=None)
    rows = [row_of(early, DELETE="on"), row_of(late, started_at="2019-03-12T11:30")]
    assert saved(*rows) == ["Awaiting supplier, since 12 Mar 2019, 11:30"]


def test_one_is_opened_while_the_one_that_lasted_is_ended() -> None:
    early = hold(incident(takes=None))
    late = hold(early.incident, started_at=moment("2019-03-12 12:00"), ended_at=None)
    opened = row_of(early, started_at="2019-03-12T13:00", ended_at="")
    assert saved(opened, row_of(late, ended_at="2019-03-12T13:00")) == [
        "Awaiting supplier, 12 Mar 2019, 12:00 to 13:00",
        "Awaiting supplier, since 12 Mar 2019, 13:00",
    ]


def test_what_is_wrong_in_a_row_to_be_removed_is_not_said() -> None:
    made = hold(incident(takes=None))
    going = row_of(made, started_at="nonsense", DELETE="on")
    assert [field for field, _ in refused(going, row("11:00", ground=""))] == ["1-ground"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (row("10:30", "10:30"), "0-ended_at", "A hold ends after it starts."),
        (row("11:00", "10:30"), "0-ended_at", "A hold ends after it starts."),
        (
            row("09:59", "10:30"),
            "0-started_at",
            "A hold cannot start before the incident opened.",
        ),
        (row("", "10:30"), "0-started_at", "Give the time from which the clock stood still."),
        (row("10:30", ground=""), "0-ground", "Choose what is waited for."),
        (row("10:30", ground="weather"), "0-ground", "Choose one from the list."),
        (row("10:30") | {"started_at": "soon"}, "0-started_at", "Give"),
        (row("10:30") | {"started_at": "2119-03-12T10:30"}, "0-started_at", "Give a time that has"),
        (row("10:30") | {"ended_at": "2119-03-12T10:30"}, "0-ended_at", "Give a time that has"),
    ],
)
def test_what_a_hold_cannot_be_is_said_at_its_field(typed: Any, field: str, words: str) -> None:
    incident(takes=None)
    (said,) = refused(typed)
    assert said[0] == field
    assert said[1].startswith(words)


def test_a_hold_of_a_resolved_incident_has_an_end_within_it() -> None:
    incident(takes=60)
    assert refused(row("10:30")) == [
        ("0-ended_at", "Give the time at which the hold ended: the incident is resolved.")
    ]
    assert refused(row("10:30", "11:01")) == [
        ("0-ended_at", "A hold cannot end after the incident was resolved.")
    ]
    saved(row("10:30", "11:00"))


def test_holds_do_not_overlap_nor_last_both() -> None:
    incident(takes=None)
    words = "Another hold was still on: holds do not overlap."
    assert refused(row("10:30", "11:30"), row("11:00", "12:00")) == [("1-started_at", words)]
    assert refused(row("11:00", "12:00"), row("10:30", "11:30")) == [("0-started_at", words)]
    assert refused(row("10:30"), row("11:00")) == [("1-started_at", words)]


def test_every_mistake_is_said_at_once() -> None:
    incident(takes=None)
    wrong = [row("09:00", "09:30"), row("12:00", "11:00"), row("13:00", ground="")]
    assert {field for field, _ in refused(*wrong)} == {"0-started_at", "1-ended_at", "2-ground"}


def test_what_is_untouched_keeps_its_seconds_and_what_others_typed_meanwhile() -> None:
    made = hold(incident(takes=None), started_at=moment("2019-03-12 10:10:30"), ended_at=None)
    seen = row_of(made, ground="user")
    Hold.objects.update(ended_at=moment("2019-03-12 11:00:10"))
    saved(seen)
    after = Hold.objects.get()
    assert after.ground == Hold.Ground.USER
    assert after.started_at == moment("2019-03-12 10:10:30")
    assert after.ended_at == moment("2019-03-12 11:00:10")


def test_an_end_that_was_typed_wrong_can_be_emptied() -> None:
    made = hold(incident(takes=None))
    assert saved(row_of(made, ended_at="")) == ["Awaiting supplier, since 12 Mar 2019, 10:10"]


def test_a_form_sent_twice_logs_one_hold() -> None:
    incident(takes=None)
    saved(row("10:30", "11:00"))
    assert len(saved(row("10:30", "11:00"), known=0)) == 1


def test_a_hold_that_somebody_else_logged_meanwhile_stays_and_is_not_overlapped() -> None:
    made = hold(incident(takes=None))
    assert len(saved(row("11:00", "12:00"), known=0)) == 2
    form = sent(row("10:20", "10:50"), known=0)
    assert not form.saved()
    assert made in form.logged_meanwhile
    assert [field for _, field, _ in form.mistakes] == ["id_hold-0-started_at"]
    form = sent(row("10:05", "10:20"), known=0)
    assert not form.saved()
    assert "somebody else has logged" in str(form.non_form_errors())


def test_a_hold_that_somebody_else_removed_meanwhile_is_not_lost_unsaid() -> None:
    made = hold(incident(takes=None))
    seen = row_of(made, ended_at="2019-03-12T11:00")
    Hold.objects.all().delete()
    ((field, words),) = refused(seen)
    assert field == ""
    assert words.startswith("Somebody else has removed this hold meanwhile.")
    assert saved(seen | {"DELETE": "on"}) == []


def test_the_hold_of_another_incident_is_as_if_it_did_not_exist() -> None:
    made = hold(incident(takes=None, reference="THEIRS"))
    seen = row_of(made, ended_at="2019-03-12T12:00")
    ours = incident(takes=None, reference="OURS")
    data = {f"hold-0-{name}": value for name, value in seen.items()}
    data |= {"hold-TOTAL_FORMS": "1", "hold-INITIAL_FORMS": "1"}
    assert not HoldFormSet(ours, data).saved()
    removing = HoldFormSet(ours, data | {"hold-0-DELETE": "on"})
    assert removing.saved()
    assert Hold.objects.get() == made
    assert removing.removed == 0


@pytest.mark.parametrize("data", [{}, {"hold-TOTAL_FORMS": "x", "hold-INITIAL_FORMS": "-1"}])
def test_half_a_form_writes_nothing(data: dict[str, str]) -> None:
    incident(takes=None)
    form = HoldFormSet(Incident.objects.get(), data)
    assert not form.saved()
    assert "did not arrive" in str(form.non_form_errors())


def test_a_hold_that_starts_now_is_proposed_with_a_likely_ground() -> None:
    now = timezone.now()
    opened_at = now - timedelta(hours=1)
    for number, (supplier, ground) in enumerate([("Vodafone", "supplier"), (None, "user")]):
        made = incident(
            reference=f"INC-{number}", takes=None, opened_at=opened_at, supplier=supplier
        )
        form = HoldFormSet(made)
        form.propose("start", now)
        blank = form.rows[-1]
        assert blank["ground"].value() == ground
        assert blank["started_at"].value() == f"{timezone.localtime(now):%Y-%m-%dT%H:%M}"


def test_a_proposed_hold_starts_no_earlier_than_the_incident() -> None:
    now = timezone.now().replace(second=30)
    made = incident(takes=None, opened_at=now - timedelta(seconds=10))
    form = HoldFormSet(made)
    form.propose("start", now)
    assert form.rows[-1].initial["started_at"] == made.opened_at


def test_the_end_of_the_hold_that_lasts_is_proposed_and_saved() -> None:
    made = hold(incident(takes=None), ended_at=None)
    form = HoldFormSet(Incident.objects.get())
    form.propose("end", moment("2019-03-12 12:00:40"))
    assert form.rows[0]["ended_at"].value() == "2019-03-12T12:00"
    # What the page proposes has not been seen on record.
    page = row_of(made, ended_at="2019-03-12T12:00")
    assert form.rows[0].marks == page["seen"]
    assert saved(page) == ["Awaiting supplier, 12 Mar 2019, 10:10 to 12:00"]


@pytest.mark.parametrize("what", ["start", "end", "", "%00"])
def test_nothing_is_proposed_that_makes_no_sense(what: str) -> None:
    """No hold starts where one lasts or the incident is over, none ends where none lasts."""
    form = HoldFormSet(incident(takes=60, reference="OVER"))
    form.propose(what, timezone.now())
    assert not form.rows[-1].initial
    held = incident(takes=None, reference="HELD")
    hold(held, ended_at=None)
    form = HoldFormSet(held)
    form.propose("start", timezone.now())
    assert not form.rows[-1].initial


def test_of_two_times_in_october_the_one_that_fits_is_taken() -> None:
    incident(takes=None, opened_at=moment("2019-10-27 00:00"))
    typed = {"started_at": "2019-10-27T01:50", "ended_at": "2019-10-27T01:10"}
    saved(row() | typed)
    assert Hold.objects.get().ended_at == moment("2019-10-27 01:10")
