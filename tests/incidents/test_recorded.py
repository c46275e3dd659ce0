"""What the history keeps of a change: who, when, from what to what, and why."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from incidents.acting import acting
from incidents.importing import apply, preview
from incidents.models import (
    Accreditation,
    AccreditationAction,
    HistoryEntry,
    Incident,
    NpsScore,
    Priority,
    Recorded,
    TargetBook,
)
from incidents.querysets import NeverChanged
from incidents.settling import settle
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    calendar,
    committee_report,
    corporation_manager,
    hold,
    incident,
    incidents_csv,
    moment,
    organisation,
    person,
    priority,
    service_level_target,
)

pytestmark = pytest.mark.django_db


def last() -> HistoryEntry:
    entry = HistoryEntry.objects.first()
    assert entry is not None
    return entry


def changes() -> list[list[str]]:
    """The last entry as a reader of the database sees it."""
    return list(last().changes)


def test_a_change_says_from_what_to_what() -> None:
    row = incident(reference="INC-1", reason="A line failed.")
    row.reason = "A line was cut."
    row.save()
    assert changes() == [["Reason", "A line failed.", "A line was cut."]]
    assert (last().action, last().name, last().kind) == ("changed", "INC-1", "incident")
    assert last().record == f"incident:{row.pk}"


def test_values_stand_as_a_person_reads_them() -> None:
    row = incident(priority="P2", cause="internal", resolved_at=None)
    row.priority, row.cause = priority("P1"), "external"
    row.resolved_at, row.not_for_publication = moment("2019-04-02 10:05"), True
    row.save()
    assert changes() == [
        ["Priority", "P2", "P1"],
        ["Resolved", "", "2 Apr 2019, 11:05"],
        ["Cause", "Internal", "External"],
        ["Not for publication", "no", "yes"],
    ]


def test_seconds_stand_where_there_are_some() -> None:
    row = incident(resolved_at=moment("2019-03-12 11:00"))
    row.resolved_at = moment("2019-03-12 11:00").replace(second=7)
    row.save()
    assert changes() == [["Resolved", "12 Mar 2019, 11:00", "12 Mar 2019, 11:00:07"]]


def test_what_is_created_says_what_with_and_nothing_of_what_is_empty() -> None:
    Accreditation.objects.create(name="PSN", organisation=organisation())
    assert last().action == "created"
    assert changes() == [
        ["Name", "", "PSN"],
        ["Organisation", "", CORPORATION],
        ["Status", "", "Held"],
    ]


def test_what_is_deleted_says_what_it_was() -> None:
    row = NpsScore.objects.create(month=MARCH.first_day, score=70)
    row.delete()
    assert (last().action, last().name) == ("deleted", "March 2019, all organisations together")
    assert changes() == [["Month", "March 2019", ""], ["Score", "70", ""]]


def test_saving_without_a_change_keeps_nothing() -> None:
    row = incident()
    before = HistoryEntry.objects.count()
    row.save()
    assert HistoryEntry.objects.count() == before


def test_settling_anew_keeps_nothing() -> None:
    row = incident()
    service_level_target(respond_minutes=1, resolve_minutes=1)
    before = HistoryEntry.objects.count()
    settle([row], TargetBook.of_service_levels())
    row.save()
    assert HistoryEntry.objects.count() == before


def test_a_change_of_a_row_that_has_no_history_yet_says_from_what() -> None:
    row = Priority.objects.get(name="P1")  # made by a migration
    assert not HistoryEntry.objects.about(row)
    row.reported = False
    row.save()
    assert changes() == [["Listed in the committee report", "yes", "no"]]


def test_a_hold_is_a_part_of_its_incident() -> None:
    row = incident(reference="INC-1", takes=300)
    held = hold(row)
    assert (last().kind, last().name, last().part) == ("hold", "INC-1", str(held))
    assert last().organisation == row.organisation
    assert HistoryEntry.objects.about(row).count() == 2


def test_an_action_is_a_part_of_its_accreditation() -> None:
    psn = Accreditation.objects.create(name="PSN", organisation=organisation())
    AccreditationAction.objects.create(accreditation=psn, action="Fence the roof")
    assert (last().name, last().part) == (str(psn), "Fence the roof")
    assert last().record == f"accreditation:{psn.pk}"


def test_a_target_and_a_calendar_stand_in_words() -> None:
    row = service_level_target(priority="P2", respond_minutes=30)
    row.respond_minutes, row.organisation = 90, organisation(POLICE)
    row.save()
    assert ["Respond within", "30 min", "1 h 30 min"] in changes()
    assert last().name == f"P2 of {POLICE} from 1 January 2019"
    hours = calendar(closing_days={"2019-12-24": "Christmas Eve"})
    hours.closing_days["2019-12-27"] = "Bridge"
    hours.save()
    both = "24 Dec 2019 Christmas Eve\n27 Dec 2019 Bridge"
    assert changes() == [["Closing days", "24 Dec 2019 Christmas Eve", both]]


def test_an_entry_knows_whose_it_was_and_whose_it_is() -> None:
    row = incident(organisation=POLICE)
    row.organisation = organisation(CORPORATION)
    row.save()
    assert str(last().organisation) == CORPORATION
    assert str(last().organisation_before) == POLICE


def test_nothing_is_kept_of_what_was_not_saved() -> None:
    row = incident()
    before = HistoryEntry.objects.count()
    row.resolved_at = moment("2000-01-01 00:00")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert HistoryEntry.objects.count() == before


def test_a_person_who_is_signed_in_is_who(client: Client) -> None:
    manager = corporation_manager()
    client.force_login(manager)
    incident(reference="INC-1")
    client.post("/incidents/INC-1/delete/", {"why": "Logged twice."})
    assert (last().by, last().via, last().why) == (manager, "", "Logged twice.")


def test_a_command_is_who_and_named() -> None:
    somebody = person("somebody")
    with acting(somebody.pk, "import_csv march.csv"):
        incident()
    assert (last().by, last().via) == (somebody, "import_csv march.csv")
    incident()
    assert (last().by, last().via) == (None, "")


def test_a_file_keeps_one_entry_a_row_and_the_same_file_again_none() -> None:
    content = incidents_csv({"reference": "INC-1"}, {"reference": "INC-2"})
    apply(preview("incidents", content))
    kept = HistoryEntry.objects.filter(kind="incident")
    assert [(each.name, each.action) for each in kept.order_by("pk")] == [
        ("INC-1", "created"),
        ("INC-2", "created"),
    ]
    before = HistoryEntry.objects.count()
    apply(preview("incidents", content))
    assert HistoryEntry.objects.count() == before


def test_a_file_says_from_what_to_what_and_why_a_priority_changed() -> None:
    apply(preview("incidents", incidents_csv({"supplier": "Vodafone"})))
    apply(preview("incidents", incidents_csv({"supplier": "BT", "priority": "P2"})))
    assert changes() == [["Priority", "P1", "P2"], ["Supplier", "Vodafone", "BT"]]
    assert last().why == "Changed by an imported file"


def test_scores_of_a_file_are_kept() -> None:
    header = "month,organisation,score,promoters,passives,detractors\n"
    apply(preview("nps", f"{header}2019-03,,70,,,\n".encode()))
    apply(preview("nps", f"{header}2019-03,,71,,,\n".encode()))
    assert changes() == [["Score", "70", "71"]]


def test_the_texts_of_a_report_are_kept_and_the_number_of_its_saving_is_not() -> None:
    report = committee_report(opening_statement="A quiet month.")
    report.opening_statement, report.revision = "A loud month.", 2
    report.save()
    assert changes() == [["Opening statement", "A quiet month.", "A loud month."]]


@pytest.mark.parametrize("change", [lambda entry: entry.save(), lambda entry: entry.delete()])
def test_an_entry_cannot_be_changed(change: Any) -> None:
    incident()
    with pytest.raises(NeverChanged):
        change(last())


def test_entries_cannot_be_changed_together() -> None:
    incident()
    with pytest.raises(NeverChanged):
        HistoryEntry.objects.update(why="")
    with pytest.raises(NeverChanged):
        HistoryEntry.objects.all().delete()


def test_what_people_write_is_recorded() -> None:
    """A new model has its place: recorded, a part that says so of itself, or none of both."""
    said_by_another = {
        "deletedincident",  # the history of its incident
        "editionfile",  # its edition
        "formerpriority",  # the deleted incident whose it was
        "historyentry",
        "improvement",  # these three the report that they stand in
        "reportauthor",
        "reportcommittee",
        "prioritychange",  # the change of its incident
        "recomputation",  # counted, not written by anybody
        "referencesequence",
        "sending",  # so that a form logs once
    }
    ours = [*apps.get_app_config("incidents").get_models()]
    ours += apps.get_app_config("reports").get_models()
    unrecorded = {
        model._meta.model_name
        for model in ours
        if not issubclass(model, Recorded) and not model._meta.auto_created
    }
    assert unrecorded == said_by_another


def test_an_incident_on_record_is_changed_in_few_queries(django_assert_num_queries: Any) -> None:
    row = Incident.objects.get(pk=incident().pk)
    row.reason = "Another."
    # the targets, the holds, the row before, the change, its history
    with django_assert_num_queries(5):
        row.save()
