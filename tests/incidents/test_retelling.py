"""The words in which the history names what was changed."""

import pytest
from django.test import Client

from incidents.access import Role
from incidents.models import ContactVolume, TwoFactorDemand
from incidents.retelling import kinds
from tests.builders import MARCH, organisation, person
from tests.clients import page

pytestmark = pytest.mark.django_db
# A new kind of row stands here once it has words that its reader would use.
WORDS = {
    "accreditation",
    "action of an accreditation",
    "calendar",
    "committee report",
    "contact numbers",
    "edition",
    "glossary term",
    "hold",
    "incident",
    "NPS score",
    "organisation",
    "organisation of a screen",
    "person",
    "priority",
    "problem record",
    "published month",
    "satisfaction score",
    "score target",
    "screen",
    "service",
    "service level target",
    "supplier",
    "two-factor demanded of a role",
}


def test_every_kind_on_record_is_called_what_its_reader_would_call_it() -> None:
    assert set(kinds().values()) == WORDS


def test_the_history_offers_and_tells_kinds_in_these_words(administrator: Client) -> None:
    counted = {"open_contacts": 9, "escalated_by_users": 1}
    ContactVolume.objects.create(organisation=organisation(), month=MARCH.first_day, **counted)
    TwoFactorDemand.objects.create(role=person("ada", Role.CLERK).groups.get())
    text = page(administrator, "/history/")
    assert ">Two-factor demanded of a role</option>" in text
    assert '<span class="quiet">two-factor demanded of a role</span>' in text
    assert '<span class="quiet">contact numbers</span>' in text
