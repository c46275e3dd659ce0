"""The sample's texts: loaded once, and never over what somebody wrote."""

import pytest
from django.core.management import call_command

from incidents.models import Organisation
from reports.models import CommitteeReport, Improvement
from tests.builders import CORPORATION, POLICE, committee_report

pytestmark = pytest.mark.django_db


def test_it_gives_march_every_part_of_a_report() -> None:
    call_command("load_sample_narrative", verbosity=0)
    report = CommitteeReport.objects.get()
    assert all(getattr(report, name) for name in CommitteeReport.NARRATIVE)
    assert report.committees.count() == 1
    assert report.authors.count() == 2
    for name in (CORPORATION, POLICE):
        assert Improvement.objects.filter(organisation__name=name).count() >= 3


def test_a_second_time_changes_nothing() -> None:
    call_command("load_sample_narrative", verbosity=0)
    call_command("load_sample_narrative", verbosity=0)
    assert CommitteeReport.objects.count() == 1


def test_what_somebody_wrote_stays() -> None:
    committee_report(subject="Mine")
    call_command("load_sample_narrative", verbosity=0)
    assert CommitteeReport.objects.get().subject == "Mine"
    assert not Improvement.objects.exists()


def test_an_organisation_that_is_not_on_record_is_passed_over() -> None:
    Organisation.objects.filter(name=POLICE).delete()
    call_command("load_sample_narrative", verbosity=0)
    assert {row.organisation.name for row in Improvement.objects.all()} == {CORPORATION}
