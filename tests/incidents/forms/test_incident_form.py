"""Logging and changing an incident: what is understood, refused, kept and written."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from incidents.access import Viewer
from incidents.forms import IncidentForm
from incidents.forms.incident import starting_values
from incidents.models import Incident, ProblemRecord, Service, Supplier
from tests.builders import (
    POLICE,
    corporation_manager,
    incident,
    manager_of_all,
    moment,
    organisation,
    problem_record,
    service,
)
from tests.clients import INCIDENT_TYPED

pytestmark = pytest.mark.django_db


def viewer() -> Viewer:
    """The manager of both organisations, the same one each time."""
    return Viewer(User.objects.filter(username="manager").first() or manager_of_all())


def form(**typed: Any) -> IncidentForm:
    return IncidentForm(viewer(), INCIDENT_TYPED | typed)


def logged(**typed: Any) -> Incident:
    sent = form(**typed)
    assert sent.saved(), sent.errors.as_json()
    saved: Incident = sent.instance
    return saved


def refused(**typed: Any) -> dict[str, list[str]]:
    """Return the errors of a form, having seen that nothing at all was written."""
    sent = form(**typed)
    before = [model.objects.count() for model in (Incident, Service, Supplier, ProblemRecord)]
    assert not sent.saved()
    after = [model.objects.count() for model in (Incident, Service, Supplier, ProblemRecord)]
    assert before == after
    return {name: [str(error) for error in errors] for name, errors in sent.errors.items()}


def test_the_least_that_can_be_logged() -> None:
    saved = logged()
    assert saved.reference == "INC-000001"
    assert saved.affected_service.name == "Telephony"
    assert saved.opened_at == moment("2019-03-12 10:00")
    assert saved.cause == Incident.Cause.NOT_KNOWN
    assert saved.respond_due_at == moment("2019-03-12 10:15")


def test_a_known_name_is_found_whatever_its_capitals_and_blanks() -> None:
    known = service("Guildhall 5th floor")
    assert logged(affected_service="  guildhall   5TH floor ").affected_service == known


def test_new_names_become_rows() -> None:
    saved = logged(affected_service="Mosaic", supplier="Acme")
    assert (saved.affected_service.handle, str(saved.supplier)) == ("mosaic", "Acme")


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2019-03-12T10:00", "2019-03-12 10:00"),
        ("31/03/2019 14:05", "2019-03-31 13:05"),
        ("2019-07-01 09:30", "2019-07-01 08:30"),
        ("2019-07-01T09:30:15+02:00", "2019-07-01 07:30:15"),
        # The clocks go back: the first 01:30 is meant.
        ("2019-10-27T01:30", "2019-10-27 00:30"),
    ],
)
def test_times_are_local_unless_they_say_otherwise(typed: str, at: str) -> None:
    assert logged(opened_at=typed).opened_at == moment(at)


def test_an_end_within_the_hour_that_comes_twice_stands_after_the_opening() -> None:
    saved = logged(opened_at="2019-10-27T01:50", resolved_at="2019-10-27T01:10")
    assert saved.resolved_at == moment("2019-10-27 01:10")


@pytest.mark.parametrize(
    "typed", ["2019-03-31T01:30", "yesterday", "31/02/2019 10:00", "0001-01-01T00:00", "9999-12-31"]
)
def test_a_time_that_does_not_exist_is_refused(typed: str) -> None:
    assert list(refused(opened_at=typed)) == ["opened_at"]


def in_minutes(number: int) -> str:
    """A time to come, which is that also in the night in which the clocks go back."""
    return timezone.localtime(timezone.now() + timedelta(minutes=number)).isoformat()


@pytest.mark.parametrize("field", ["opened_at", "responded_at", "resolved_at"])
def test_a_time_to_come_is_refused(field: str) -> None:
    assert "future" in refused(**{field: in_minutes(10)})[field][0]


def test_a_clock_that_is_a_little_fast_is_forgiven() -> None:
    logged(opened_at=in_minutes(2))


@pytest.mark.parametrize("field", ["responded_at", "workaround_at", "resolved_at"])
def test_nothing_ends_before_it_opened(field: str) -> None:
    assert "before it was opened" in refused(**{field: "2019-03-12T09:59"})[field][0]


def test_every_mistake_is_said_beside_its_field_at_once() -> None:
    errors = refused(
        organisation="", affected_service=" ", priority="P9", opened_at="", supplier="a\0b"
    )
    assert set(errors) == {
        "organisation",
        "affected_service",
        "priority",
        "opened_at",
        "supplier",
    }


@pytest.mark.parametrize(
    "field",
    [
        "affected_service",
        "supplier",
        "reason",
        "resolution",
        "problem_record",
        "breach_reason",
        "publication_ground",
        "reference",
    ],
)
@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\udc80b"])
def test_characters_that_cannot_be_printed_are_refused(field: str, text: str) -> None:
    assert list(refused(**{field: text})) == [field]


def test_names_that_are_too_long_are_refused() -> None:
    assert set(refused(affected_service="x" * 121, problem_record="y" * 201)) == {
        "affected_service",
        "problem_record",
    }


def test_line_breaks_are_kept_as_one_character() -> None:
    assert logged(reason="One\r\ntwo 🔥").reason == "One\ntwo 🔥"


def test_the_organisation_of_others_is_refused() -> None:
    sent = IncidentForm(
        Viewer(corporation_manager()), INCIDENT_TYPED | {"organisation": "city-of-london-police"}
    )
    assert not sent.saved()
    assert list(sent.errors) == ["organisation"]


def test_a_reference_that_the_organisation_has_given_is_refused() -> None:
    incident(reference="INC-7", organisation=POLICE)
    police = {"organisation": "city-of-london-police", "reference": "INC-7"}
    assert refused(**police) == {
        "reference": [
            "INC-7 is the reference of another incident of City of London Police: choose another, "
            "or leave it empty for the next number."
        ]
    }
    assert logged(**police | {"reference": ""}).reference == "INC-100001"


def test_a_reference_that_another_organisation_has_given_is_free() -> None:
    incident(reference="INC-7", organisation=POLICE)
    assert logged(reference="INC-7").organisation == organisation()


def test_a_word_of_the_addresses_is_no_reference() -> None:
    assert list(refused(reference="new")) == ["reference"]


@pytest.mark.parametrize("typed", ["PRB-0041", "prb-0041", "PRB-0041 Lines fail", "lines  FAIL"])
def test_a_problem_record_is_found_by_reference_or_title(typed: str) -> None:
    record = problem_record(reference="PRB-0041", title="Lines fail")
    saved = logged(problem_plan="problem_record", problem_record=typed)
    assert saved.problem_record == record


def test_of_two_records_of_one_reference_the_title_tells_which() -> None:
    ours = problem_record(reference="PRB-1", title="Lines fail")
    problem_record(reference="PRB-1", title="Radios fail", organisation=organisation(POLICE))
    plan = {"problem_plan": "problem_record"}
    assert logged(**plan, problem_record="prb-1 lines fail").problem_record == ours
    said = refused(**plan, problem_record="PRB-1")["problem_record"]
    assert said[0].startswith("Several have this reference. Type it with its title: PRB-1 ")


@pytest.mark.parametrize(
    ("plan", "kind"), [("problem_record", "problem"), ("project", "project"), ("", "problem")]
)
def test_a_new_title_makes_a_record_of_the_right_kind(plan: str, kind: str) -> None:
    saved = logged(problem_plan=plan, problem_record="New telephones")
    assert saved.problem_record is not None
    assert saved.problem_record.title == "New telephones"
    assert saved.problem_record.kind == kind
    assert saved.problem_record.organisation == saved.organisation
    assert str(saved.problem_record.opened_on) == "2019-03-12"
    assert saved.problem_plan == (plan or "problem_record")


def test_the_plan_follows_from_a_record_that_exists() -> None:
    problem_record(reference="PRB-9", kind="project")
    assert logged(problem_record="PRB-9").problem_plan == Incident.Plan.PROJECT


def test_a_reference_that_nobody_has_is_no_title() -> None:
    assert list(refused(problem_record="PRB-9999")) == ["problem_record"]


def test_a_record_of_others_is_as_if_it_did_not_exist() -> None:
    theirs = problem_record(reference="PRB-5", title="Secret", organisation=organisation(POLICE))
    incident(organisation=POLICE, problem_record=theirs, problem_plan="problem_record")
    sent = IncidentForm(Viewer(corporation_manager()), INCIDENT_TYPED | {"problem_record": "PRB-5"})
    assert not sent.saved()
    assert "There is no problem record PRB-5" in str(sent.errors)


def test_of_two_records_with_one_title_the_open_one_is_meant() -> None:
    problem_record(title="Lines fail", status="closed", closed_on="2019-03-05")
    record = problem_record(title="Lines fail")
    assert logged(problem_record="Lines fail").problem_record == record


def test_a_title_that_two_open_records_have_asks_for_the_reference() -> None:
    problem_record(title="Lines fail", reference="PRB-1")
    problem_record(title="Lines fail", reference="PRB-2")
    assert "PRB-1, PRB-2" in refused(problem_record="Lines fail")["problem_record"][0]


@pytest.mark.parametrize(
    ("plan", "record", "field"),
    [
        ("problem_record", "", "problem_record"),
        ("project", "", "problem_record"),
        ("none_required", "A title", "problem_plan"),
        ("project", "PRB-1", "problem_plan"),
        ("hope", "", "problem_plan"),
    ],
)
def test_a_plan_and_a_record_that_contradict_are_refused(
    plan: str, record: str, field: str
) -> None:
    problem_record(reference="PRB-1")
    assert list(refused(problem_plan=plan, problem_record=record)) == [field]


@pytest.mark.parametrize("ground", ["No", "0", "yes", " TRUE "])
def test_a_ground_that_a_file_reads_as_yes_or_no_is_refused(ground: str) -> None:
    said = refused(not_for_publication="on", publication_ground=ground)
    assert list(said) == ["publication_ground"]


def test_a_ground_stands_on_one_line_as_in_a_file() -> None:
    saved = logged(not_for_publication="on", publication_ground="Paragraph  7,\n12A ")
    assert saved.publication_ground == "Paragraph 7, 12A"


def test_it_offers_the_grounds_of_the_law() -> None:
    assert "paragraph 3 of Schedule 12A" in str(IncidentForm(viewer())["publication_ground"])


@pytest.mark.parametrize("title", ["None required", "problem record  CREATED"])
def test_a_project_is_not_called_like_a_plan(title: str) -> None:
    assert list(refused(problem_plan="project", problem_record=title)) == ["problem_record"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"affected_service": "a" * 150}, "Shorten it to 120 characters; it has 150."),
        ({"problem_record": "a" * 220}, "Shorten it to 200 characters; it has 220."),
        ({"publication_ground": "a" * 201}, "Shorten it to 200 characters; it has 201."),
        ({"affected_service": "a\0"}, "Remove the characters that cannot be printed: U+0000."),
        ({"reason": "a\0"}, "Remove the characters that cannot be printed: U+0000."),
        ({"publication_ground": "a\0"}, "Remove the characters that cannot be printed: U+0000."),
        ({"supplier": "\u200b"}, "Remove the characters that cannot be seen: U+200B."),
        ({"problem_record": "a\u202eb"}, "Remove the characters that cannot be seen: U+202E."),
        ({"cause": "weather"}, "Choose one from the list."),
    ],
)
def test_a_mistake_is_said_once_in_plain_words(typed: dict[str, str], said: str) -> None:
    assert list(refused(**typed).values()) == [[said]]


def test_a_refused_form_says_which_names_would_be_new() -> None:
    sent = form(affected_service="Mosaic", opened_at="")
    assert not sent.saved()
    page = str(sent)
    assert "“Mosaic” is new: it will be added." in page
    assert 'value="Mosaic"' in page


def test_a_new_incident_opens_now_to_the_minute() -> None:
    opened = starting_values(None)["opened_at"]
    assert (opened.second, opened.microsecond) == (0, 0)
    assert timezone.now() - opened < timedelta(minutes=2)


def test_a_name_that_somebody_else_adds_at_the_same_moment_is_taken() -> None:
    sent = form(affected_service="Mosaic")
    assert sent.is_valid()
    theirs = Service.objects.create(name="Mosaic")
    assert sent.saved()
    assert sent.instance.affected_service == theirs
    assert Service.objects.count() == 1


def test_a_missed_target_that_is_logged_opens_the_section_that_asks_why() -> None:
    on_time = {"responded_at": "2019-03-12T10:05", "resolved_at": "2019-03-12T11:00"}
    assert not IncidentForm(viewer()).shows_the_breach
    assert not form(opened_at="", **on_time).shows_the_breach
    assert not form(affected_service="", **on_time).shows_the_breach
    late = on_time | {"resolved_at": "2019-03-12T14:01"}
    assert form(affected_service="", **late).shows_the_breach
    assert not form(affected_service="", **late | {"priority": "P2"}).shows_the_breach


@pytest.mark.parametrize(
    "given", [{"breach_category": "parts"}, {"breach_reason": "Parts were late."}]
)
def test_half_a_breach_reason_is_accepted(given: dict[str, str]) -> None:
    saved = logged(**given)
    assert {name: getattr(saved, name) for name in given} == given
