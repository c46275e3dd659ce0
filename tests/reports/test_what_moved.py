"""What moved since an edition: each figure, row and text that differs, said in a sentence."""

from datetime import timedelta

import pytest
import time_machine

from incidents.models import Incident, NpsScore, Organisation, SatisfactionScore, ServiceLevelTarget
from reports.committee import Version, report_of
from reports.models import CommitteeReport, Edition, Improvement
from reports.publishing import changes_since
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    committee_report,
    corporation_manager,
    hold,
    incident,
    moment,
    organisation,
)
from tests.clients import signed_in
from tests.publishing import content_of, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
MONTH = "/months/2019-03/"


def moved(edition: Edition, version: Version = Version.FULL, *organisations: str) -> list[str]:
    """What moved since an edition, for all organisations or for some."""
    rows = Organisation.objects.filter(name__in=organisations or [CORPORATION, POLICE])
    content = report_of(MARCH, list(rows))
    return list(changes_since(edition, content, version))


def test_nothing_moves_by_itself() -> None:
    incident(takes=None)
    incident(priority="P2", takes=6000, cause="external", supplier="Vodafone")
    committee_report(opening_statement="A quiet month.")
    edition = published()
    with time_machine.travel("2040-01-01 12:00+00:00"):
        assert moved(edition) == []


def test_a_target_that_is_missed_is_said_with_its_verdict() -> None:
    row = incident(reference="INC-0321")
    edition = published()
    Incident.objects.filter(pk=row.pk).update(resolved_at=moment("2019-03-14 10:00"))
    sentences = moved(edition)
    wanted = f"P1 resolved within target, {CORPORATION}: 1 of 1 (100%), met → 0 of 1 (0%), missed."
    assert wanted in sentences
    assert "INC-0321: time of resolution changed." in sentences


def test_a_hold_for_a_supplier_is_said_where_it_makes_a_difference() -> None:
    row = incident(reference="INC-0321", takes=5 * 60)
    edition = published()
    hold(row, ended_at=row.opened_at + timedelta(hours=3))
    assert moved(edition) == [
        f"P1 resolved within target, {CORPORATION}: 0 of 1 (0%), missed → 1 of 1 (100%), met.",
        "INC-0321: time on hold and due times changed.",
    ]


def test_attainment_with_the_time_of_suppliers_is_said_where_it_alone_moves() -> None:
    row = incident(reference="INC-0321", takes=3 * 60)
    edition = published()
    row.resolved_at = row.opened_at + timedelta(hours=5)
    row.save()
    hold(row, ended_at=row.opened_at + timedelta(hours=3))
    wanted = f"P1 resolved within target with suppliers' time counted, {CORPORATION}: "
    assert f"{wanted}1 of 1 (100%) → 0 of 1 (0%)." in moved(edition)
    assert not any(each.startswith("P1 resolved within target, ") for each in moved(edition))


def test_a_median_time_is_said() -> None:
    incident(takes=60)
    edition = published()
    incident(takes=120, reference="INC-0321")
    wanted = f"P1 median time to resolution, {CORPORATION}: 1 h → 1 h 30 min."
    assert wanted in moved(edition)


def test_an_incident_that_moves_to_another_priority_is_said_of_both() -> None:
    row = incident(reference="INC-0321", priority="P2")
    edition = published()
    Incident.objects.filter(pk=row.pk).update(priority=incident(priority="P1").priority)
    assert moved(edition)[:2] == [
        f"P1 incidents of {CORPORATION}: 0 → 2 ({others(row.pk)} and INC-0321)."
        if others(row.pk) < "INC-0321"
        else f"P1 incidents of {CORPORATION}: 0 → 2 (INC-0321 and {others(row.pk)}).",
        f"P2 incidents of {CORPORATION}: 1 → 0 (without INC-0321).",
    ]


def others(key: int) -> str:
    return Incident.objects.exclude(pk=key).get().reference


def test_one_that_comes_for_one_that_goes_is_said_too() -> None:
    gone = incident(reference="INC-0001")
    edition = published()
    gone.delete()
    incident(reference="INC-0002")
    whose = f"P1 incidents of {CORPORATION}"
    assert moved(edition) == [f"{whose}: 1 as before, but others (INC-0002, without INC-0001)."]


def test_scores_are_said_with_their_counts() -> None:
    day = MARCH.first_day
    row = SatisfactionScore.objects.create(
        month=day, organisation=organisation(), very_good=100, good=80, fair=10, poor=5, very_poor=5
    )
    edition = published()
    row.very_good = 10
    row.save()
    for month, score in (("2019-01-01", 70), ("2019-02-01", 68), ("2019-03-01", 71)):
        NpsScore.objects.create(month=month, score=score)
    assert moved(edition) == [
        f"Satisfaction, {CORPORATION}: 180 of 200 (90%), met → 90 of 110 (82%), missed.",
        "Net Promoter Score, January 2019: not recorded → 70.",
        "Net Promoter Score, February 2019: not recorded → 68.",
        "Net Promoter Score, March 2019: not recorded → 71.",
        "Net Promoter Score, three-month average: not recorded → 69.67.",
    ]


def test_a_month_of_the_trend_is_said() -> None:
    incident(opened_at=moment("2018-12-03 10:00"), organisation=POLICE)
    edition = published()
    incident(opened_at=moment("2018-12-04 10:00"), organisation=POLICE)
    assert f"P1 incidents of {POLICE} in December 2018: 1 → 2." in moved(edition)


def test_texts_are_named_and_never_quoted() -> None:
    written = committee_report(opening_statement="One.", recommendations="Two.")
    edition = published()
    CommitteeReport.objects.update(opening_statement="Three words.", satisfaction_text="Four.")
    written.authors.create(name="Anna")
    Improvement.objects.create(report=written, organisation=organisation(POLICE), text="Five.")
    (sentence,) = moved(edition)
    assert sentence == (
        "Texts changed: authors, opening statement, customer satisfaction and improvements of "
        f"{POLICE}."
    )


def test_a_target_of_another_attainment_is_named() -> None:
    incident()
    edition = published()
    ServiceLevelTarget.objects.filter(priority__name="P1").update(attainment_percent=90)
    sentences = moved(edition)
    assert "Targets changed: P1." in sentences
    assert any("target 98%" in each and "target 90%" in each for each in sentences)


def test_a_new_organisation_moves_nothing_by_being_there() -> None:
    edition = published()
    new = organisation("A third body")
    content = report_of(MARCH, list(Organisation.objects.all()))
    assert changes_since(edition, content) == ()
    incident(organisation=new, reference="INC-0003")
    content = report_of(MARCH, list(Organisation.objects.all()))
    assert "P1 incidents of A third body: 0 → 1 (INC-0003)." in changes_since(edition, content)


@pytest.mark.parametrize("marked", ["before", "after"])
def test_the_public_version_names_no_marked_incident_among_the_changes(marked: str) -> None:
    row = incident(reference="INC-0666", not_for_publication=marked == "before")
    edition = published()
    Incident.objects.filter(pk=row.pk).update(reason="Hushed.", not_for_publication=True)
    incident(reference="INC-0667", not_for_publication=True)
    for version, named in ((Version.FULL, True), (Version.PUBLIC, False)):
        text = " ".join(moved(edition, version))
        assert f"P1 incidents of {CORPORATION}: 1 → 2" in text
        assert ("INC-0666" in text, "INC-0667" in text) == (named, named)
    second = published()
    assert "INC-0667" in content_of(second, "full.html").decode()
    for kind in ("public.html", "public.pdf", "public.docx", "figures.json", "figures.csv"):
        assert b"INC-066" not in content_of(second, kind)
    assert any("INC-0667" in each for each in second.changes)


def test_a_manager_of_one_organisation_reads_of_no_other() -> None:
    edition = published()
    incident(reference="INC-0001", organisation=CORPORATION)
    incident(reference="INC-0002", organisation=POLICE)
    assert "INC-0002" not in " ".join(moved(edition, Version.FULL, CORPORATION))
    page = signed_in(corporation_manager()).get(MONTH).text
    assert f"P1 incidents of {CORPORATION}: 0 → 1 (INC-0001)." in page
    assert "INC-0002" not in page
    assert POLICE not in page
    assert "/publish/" not in page
