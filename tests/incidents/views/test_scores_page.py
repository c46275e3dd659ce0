"""The scores of a month on one page."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.models import NpsScore
from tests.builders import (
    MARCH,
    POLICE,
    clerk,
    corporation_manager,
    manager_of_all,
    manager_of_none,
    organisation,
    stranger,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/months/2019-03/scores/"


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(manager_of_all())
    return client


def test_a_manager_records_the_scores_of_the_month(manager: Client) -> None:
    response = manager.post(ADDRESS, {"nps-all-score": "70"}, follow=True)
    assert response.redirect_chain == [(ADDRESS, 302)]
    text = response.content.decode()
    assert "The scores of March 2019 are saved." in text
    assert 'value="70"' in text
    assert NpsScore.objects.get().month == MARCH.first_day


def test_a_mistake_keeps_what_was_typed_and_links_to_its_field(manager: Client) -> None:
    response = manager.post(ADDRESS, {"nps-all-score": "700"})
    text = response.content.decode()
    assert 'value="700"' in text
    assert 'href="#id_nps-all-score"' in text
    assert "NPS, All organisations together, Score alone" in text
    assert not NpsScore.objects.exists()


def test_others_and_all_together_are_not_on_the_page_of_one(client: Client) -> None:
    NpsScore.objects.create(month=MARCH.first_day, organisation=organisation(POLICE), score=12)
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    client.force_login(corporation_manager())
    page = client.get(ADDRESS).content.decode()
    assert POLICE not in page
    assert "All organisations together" not in page
    assert client.post(ADDRESS, {"nps-all-score": "1"}).status_code == 302
    assert NpsScore.objects.get(organisation=None).score == 70


def test_readers_see_the_scores_without_inputs(client: Client) -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    client.force_login(clerk())
    main = client.get(ADDRESS).text.partition("<main")[2].partition("</main>")[0]
    assert "70" in main
    assert "not recorded" in main
    assert "<input" not in main
    assert client.post(ADDRESS, {"nps-all-score": "1"}).status_code == 403
    assert NpsScore.objects.get().score == 70


@pytest.mark.parametrize("build", [stranger, manager_of_none])
def test_who_belongs_nowhere_sees_and_writes_no_score(
    client: Client, build: Callable[[], User]
) -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    client.force_login(build())
    text = client.get(ADDRESS).content.decode().partition("<main")[2]
    assert "All organisations together" not in text
    assert "70" not in text
    assert client.post(ADDRESS, {"nps-all-score": "1"}).status_code == 403
    assert NpsScore.objects.get().score == 70


@pytest.mark.parametrize("month", ["2019-13", "1969-01", "2019-3", "abc"])
def test_what_is_no_month_is_a_404(manager: Client, month: str) -> None:
    assert manager.get(f"/months/{month}/scores/").status_code == 404
