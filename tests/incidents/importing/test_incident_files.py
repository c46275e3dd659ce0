"""Files of incidents: previewed against the record, and written all or not at all."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from incidents.deleting import delete
from incidents.importing import Preview, Refused, apply, preview
from incidents.importing.incident_rows import OPTIONAL, REQUIRED
from incidents.models import Incident, Organisation, ProblemRecord, Service, Supplier
from tests import builders
from tests.builders import CORPORATION, POLICE, incidents_csv, moment

pytestmark = pytest.mark.django_db


def previewed(*rows: dict[str, str], columns: tuple[str, ...] = REQUIRED) -> Preview:
    return preview("incidents", incidents_csv(*rows, columns=columns))


def imported(*rows: dict[str, str], columns: tuple[str, ...] = REQUIRED) -> Preview:
    found = previewed(*rows, columns=columns)
    apply(found)
    return found


def counts(found: Preview) -> tuple[int, int, int]:
    return found.created, found.updated, found.unchanged


def faults(*rows: dict[str, str]) -> list[str]:
    return [str(fault) for fault in previewed(*rows).faults]


def test_it_writes_every_field() -> None:
    imported(
        {
            "workaround_at": "04/03/2019 08:00",
            "breach_reason": "Parts were late.",
            "not_for_publication": "Paragraph 7",
        },
        columns=(*REQUIRED, *OPTIONAL),
    )
    incident = Incident.objects.get(reference="INC-0001")
    assert (incident.organisation.name, incident.priority.name) == (POLICE, "P1")
    assert (incident.affected_service.name, str(incident.supplier)) == ("Telephony", "Vodafone")
    assert incident.opened_at == moment("2019-03-04 07:40")
    assert incident.responded_at == moment("2019-03-04 07:50")
    assert incident.workaround_at == moment("2019-03-04 08:00")
    assert incident.resolved_at == moment("2019-03-04 10:55")
    assert (incident.cause, incident.problem_plan) == ("external", "none_required")
    assert (incident.reason, incident.resolution, incident.breach_reason) == (
        "A line failed. Nobody could call.",
        "The line was repaired.",
        "Parts were late.",
    )
    assert (incident.not_for_publication, incident.publication_ground) == (True, "Paragraph 7")


def test_it_fixes_the_month_and_the_due_times() -> None:
    imported({"opened_at": "2019-03-31T23:30Z", "responded_at": "", "resolved_at": ""})
    incident = Incident.objects.get()
    assert incident.month == date(2019, 4, 1)
    assert incident.respond_due_at == moment("2019-03-31 23:45")
    assert incident.resolve_due_at == moment("2019-04-01 03:30")


def test_it_keeps_what_is_empty_empty() -> None:
    imported(
        {
            "responded_at": "",
            "resolved_at": "",
            "cause": "",
            "supplier": "",
            "reason": "",
            "resolution": "",
            "problem_management_plan": "",
        }
    )
    incident = Incident.objects.get()
    assert (incident.responded_at, incident.resolved_at, incident.supplier) == (None, None, None)
    assert (incident.cause, incident.reason, incident.problem_plan) == ("not_known", "", "")


def test_the_same_file_twice_changes_nothing() -> None:
    rows = [
        {"reference": f"INC-{number}", "problem_management_plan": plan, "problem_reference": record}
        for number, (plan, record) in enumerate(
            [
                ("None required", ""),
                ("Problem record created", "PRB-1"),
                ("Move to new lines", ""),
                ("move to NEW lines", ""),
                ("", "PRB-1"),
                ("", ""),
            ]
        )
    ]
    assert counts(imported(*rows)) == (6, 0, 0)
    before = list(Incident.objects.order_by("pk").values())
    again = imported(*rows)
    assert counts(again) == (0, 0, 6)
    assert again.new_services + again.new_suppliers + again.new_problem_records == []
    assert again.new_projects == []
    assert list(Incident.objects.order_by("pk").values()) == before


def test_it_updates_what_differs_and_leaves_the_rest() -> None:
    imported({}, {"reference": "INC-0002"})
    other = Incident.objects.get(reference="INC-0002")
    found = imported(
        {"priority": "P2", "affected_service": "Niche", "opened_at": "2019-04-01T08:00",
         "responded_at": "", "resolved_at": ""},
        {"reference": "INC-0002"},
    )  # fmt: skip
    assert counts(found) == (0, 1, 1)
    incident = Incident.objects.get(reference="INC-0001")
    assert (incident.priority.name, incident.affected_service.name) == ("P2", "Niche")
    assert (incident.month, incident.responded_at) == (date(2019, 4, 1), None)
    assert incident.resolve_due_at == moment("2019-04-01 15:00")
    assert Incident.objects.filter(pk=other.pk, month=other.month).exists()


def test_it_leaves_fields_alone_whose_column_the_file_lacks() -> None:
    imported(
        {"breach_reason": "Parts were late.", "not_for_publication": "yes"},
        columns=(*REQUIRED, *OPTIONAL),
    )
    imported({"reason": "A cable was cut."})
    incident = Incident.objects.get()
    assert (incident.reason, incident.breach_reason) == ("A cable was cut.", "Parts were late.")
    assert incident.not_for_publication


def test_it_previews_without_writing() -> None:
    found = previewed(
        {"problem_management_plan": "Problem record created", "problem_reference": "PRB-0041"},
        {"reference": "INC-0002", "problem_management_plan": "Move to new lines"},
    )
    assert counts(found) == (2, 0, 0)
    assert (found.new_services, found.new_suppliers) == (["Telephony"], ["Vodafone"])
    assert found.new_problem_records == ["PRB-0041 Telephony: A line failed"]
    assert found.new_projects == ["Move to new lines"]
    for model in (Incident, Service, Supplier, ProblemRecord):
        assert not model._default_manager.exists()


def test_it_finds_services_and_suppliers_whatever_their_capitals() -> None:
    builders.service("Telephony"), builders.supplier("BT")
    found = imported(
        {"affected_service": " TELEPHONY ", "supplier": "bt"},
        {"reference": "INC-0002", "affected_service": "Pubnet"},
        {"reference": "INC-0003", "affected_service": "pubnet"},
    )
    assert (found.new_services, found.new_suppliers) == (["Pubnet"], ["Vodafone"])
    assert list(Service.objects.values_list("name", "slug")) == [
        ("Pubnet", "pubnet"),
        ("Telephony", "telephony"),
    ]


def test_it_takes_an_organisation_by_name_or_slug() -> None:
    imported(
        {"organisation": "city OF london police"},
        {"reference": "INC-0002", "organisation": "city-of-london-corporation", "priority": "p2"},
    )
    assert list(
        Incident.objects.order_by("reference").values_list("organisation__name", "priority__name")
    ) == [(POLICE, "P1"), (CORPORATION, "P2")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"reference": ""}, "line 2, reference: empty; expected a reference"),
        ({"reference": "x" * 31}, "at most 30 characters, not 31"),
        ({"reference": "INC/1"}, "letters, digits"),
        ({"organisation": "Mars"}, f"“Mars”; expected one of: {CORPORATION}, {POLICE}"),
        ({"organisation": ""}, "organisation: empty; expected one of"),
        ({"priority": "P9"}, "priority: “P9”; expected one of: P1, P2, P3, P4"),
        ({"affected_service": ""}, "affected_service: empty; expected the name of a service"),
        ({"affected_service": "x" * 121}, "at most 120 characters"),
        ({"supplier": "a\x00"}, "supplier: “a\\x00”; expected text without U+0000"),
        ({"opened_at": ""}, "opened_at: empty; expected a time such as"),
        ({"opened_at": "soon"}, "opened_at: “soon”; expected a time such as"),
        ({"responded_at": "2019-03-04T07:39Z"}, "responded_at: “2019-03-04T07:39Z”; expected a "
         "time not before it was opened, 2019-03-04T07:40+00:00"),
        ({"resolved_at": "2018-03-04T07:39Z"}, "expected a time not before it was opened"),
        ({"opened_at": "2991-03-01T10:00"}, "opened_at: “2991-03-01T10:00”; expected a time that "
         "has come"),
        ({"resolved_at": "2991-03-01T10:00"}, "expected a time that has come"),
        ({"affected_service": "Tele\u200bphony"}, "expected text without U+200B"),
        ({"problem_management_plan": "Move \u202e lines"}, "expected text without U+202E"),
        ({"cause": "weather"}, "cause: “weather”; expected one of: internal, external, not_known"),
        ({"reason": "a\x1b[31m"}, "reason: “a\\x1b[31m”; expected text without U+001B"),
        ({"resolution": "\ufffe"}, "expected text without U+FFFE"),
    ],
)  # fmt: skip
def test_it_refuses_a_bad_row(row: dict[str, str], words: str) -> None:
    [fault] = faults(row)
    assert words in fault


def test_it_refuses_a_ground_that_is_too_long() -> None:
    found = previewed({"not_for_publication": "x" * 201}, columns=(*REQUIRED, *OPTIONAL))
    assert "at most 200 characters" in str(found.faults[0])


def test_it_lists_every_fault_of_every_row() -> None:
    found = previewed(
        {"priority": "P9", "cause": "weather"}, {"reference": ""}, {"reference": "INC-0003"}
    )
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "priority"),
        (2, "cause"),
        (3, "reference"),
    ]
    assert (found.bad_rows, found.fault_count) == (2, 3)


def test_it_counts_the_faults_that_it_does_not_keep() -> None:
    rows = [{"reference": f"INC-{number}", "priority": "P9"} for number in range(1200)]
    found = previewed(*rows)
    assert (len(found.faults), found.fault_count, found.bad_rows) == (1000, 1200, 1200)


def test_it_refuses_a_reference_that_stands_twice() -> None:
    [fault] = faults({}, {"reference": "INC-0002"}, {})
    assert (
        fault == "line 4, reference: “INC-0001”; expected a reference of its own; line 2 has it too"
    )


def test_it_finds_a_reference_twice_however_far_apart() -> None:
    rows = [{"reference": f"INC-{number}"} for number in range(600)]
    assert len(faults(*rows, {"reference": "INC-0"})) == 1


def test_it_writes_nothing_where_one_row_is_bad() -> None:
    found = previewed({}, {"reference": "INC-0002", "priority": "P9"})
    with pytest.raises(Refused, match="has faults"):
        apply(found)
    assert not Incident.objects.exists()
    assert not Service.objects.exists()


def test_it_writes_nothing_where_the_record_has_changed_since() -> None:
    found = previewed({"affected_service": "Niche"}, {"reference": "INC-0002"})
    builders.incident(reference="INC-0002", organisation=POLICE, takes=None)
    with pytest.raises(Refused, match="changed since"):
        apply(found)
    assert not Service.objects.filter(name="Niche").exists()


def theirs(name: str) -> list[Organisation]:
    return [builders.organisation(name)]


def test_it_knows_no_organisation_but_the_persons_own() -> None:
    found = preview("incidents", incidents_csv({}), theirs(CORPORATION))
    assert str(found.faults[0]).endswith(f"expected one of: {CORPORATION}")


def places() -> list[tuple[str, str, str]]:
    rows = Incident.objects.order_by("organisation__name", "reference")
    return [(str(row.organisation), row.reference, row.reason) for row in rows]


OURS = {"organisation": CORPORATION, "reason": "Ours."}
MOVED = {"organisation": CORPORATION, "reason": "Moved."}
THEIRS = {"organisation": POLICE, "reason": "Theirs."}


def test_what_the_person_may_not_see_plays_no_part() -> None:
    imported(THEIRS)
    for expected in ((1, 0, 0), (0, 0, 1)):
        found = preview("incidents", incidents_csv(OURS), theirs(CORPORATION))
        apply(found)
        assert (counts(found), found.faults) == (expected, [])
    assert places() == [(CORPORATION, "INC-0001", "Ours."), (POLICE, "INC-0001", "Theirs.")]


def test_a_row_moves_the_only_incident_of_its_reference() -> None:
    imported(THEIRS)
    assert counts(imported(MOVED)) == (0, 1, 0)
    assert places() == [(CORPORATION, "INC-0001", "Moved.")]


def test_of_two_incidents_of_a_reference_a_row_is_about_its_organisations() -> None:
    imported(OURS, THEIRS)
    assert counts(imported(MOVED)) == (0, 1, 0)
    assert places() == [(CORPORATION, "INC-0001", "Moved."), (POLICE, "INC-0001", "Theirs.")]


@pytest.mark.parametrize("rows", [(OURS, THEIRS), (THEIRS, OURS)])
def test_a_reference_twice_in_a_file_is_an_incident_of_each_organisation(
    rows: tuple[dict[str, str], ...],
) -> None:
    """Whichever of them is on record, and whichever comes first."""
    imported(OURS)
    assert counts(imported(*rows)) == (1, 0, 1)
    assert counts(imported(*rows)) == (0, 0, 2)
    assert places() == [(CORPORATION, "INC-0001", "Ours."), (POLICE, "INC-0001", "Theirs.")]


def test_a_row_moves_no_incident_to_where_its_reference_is_deleted() -> None:
    imported(OURS)
    delete(Incident.objects.get(), "Logged twice.")
    imported(THEIRS)
    assert faults(MOVED) == [
        "line 2, reference: “INC-0001”; expected another reference: INC-0001 was deleted, and can "
        "be restored from its page"
    ]


def test_an_organisation_named_in_two_ways_has_one_incident_of_a_reference() -> None:
    by_slug = {"organisation": "city-of-london-police"}
    said = "line 3, reference: “INC-0001”; expected a reference of its own; line 2 has it too"
    assert faults(THEIRS, by_slug) == [said]
    # Also where the first has a fault of its own.
    assert faults(THEIRS | {"cause": "weather"}, by_slug)[1:] == [said]


def test_it_keeps_hostile_text_as_text() -> None:
    text = "<script>alert(1)</script> =1+1 🙂 \u202eשלום \u2028" + "x" * 10_000
    imported({"reason": text})
    assert Incident.objects.get().reason == text


def test_what_it_reads_in_pieces_costs_a_query_a_piece(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # organisations, priorities, services, suppliers, problem records; and by 500 rows of 1,200
    # what is on record and what is deleted
    content = incidents_csv(*({"reference": f"INC-{number}"} for number in range(1200)))
    with django_assert_num_queries(5 + 2 * 3):
        preview("incidents", content)


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "P1", POLICE, "2019-03-31T01:30", "31/10/2019 01:30", "9999-12-31T23:59Z"]
    ),
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(REQUIRED, CELLS)), max_size=3))
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_it_refuses_or_writes_any_rows_and_never_fails(rows: list[dict[str, str]]) -> None:
    content = incidents_csv(
        *({k: v.encode(errors="ignore").decode() for k, v in row.items()} for row in rows)
    )
    with suppress(Refused):
        apply(preview("incidents", content))
        again = preview("incidents", content)
        assert (again.created, again.updated, again.fault_count) == (0, 0, 0)
