"""Two administrators who change the same person, members or demands: the second is asked once."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from incidents.access import Role, roles_of
from incidents.models import TwoFactorDemand
from tests.builders import CORPORATION, POLICE, accreditation, clerk, organisation, person
from tests.reports.typed import Form

pytestmark = pytest.mark.django_db


def opened(client: Client, address: str) -> dict[str, Any]:
    return Form(client.get(address).text).sent


def test_a_role_that_was_taken_does_not_come_back_with_an_old_page(administrator: Client) -> None:
    somebody = person("anna", Role.CLERK, POLICE, email="anna@desk.example", first_name="Anna")
    somebody.groups.add(Group.objects.get(name=Role.SERVICE_MANAGER.value))
    address = f"/people/{somebody.pk}/"
    both = {"roles": ["service-managers", "committee-clerks"]}
    old = opened(administrator, address) | both
    taken = opened(administrator, address) | {"roles": ["committee-clerks"]}
    assert administrator.post(address, taken).status_code == 302
    answer = administrator.post(address, old | {"name": "Anna Smith"})
    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile" in answer.text
    assert 'value="Anna Smith"' in answer.text
    kept = User.objects.get(pk=somebody.pk)
    assert roles_of(kept) == [Role.CLERK]
    # Once it is seen, the second may have it their way.
    assert administrator.post(address, Form(answer.text).sent | both).status_code == 302
    assert Role.SERVICE_MANAGER in roles_of(User.objects.get(pk=somebody.pk))


def test_who_was_let_in_meanwhile_is_not_put_out_by_another_name(administrator: Client) -> None:
    address = f"/organisations/{organisation(CORPORATION).slug}/edit/"
    old = opened(administrator, address)
    newcomer = clerk()
    answer = administrator.post(address, old | {"name": "The Corporation"})
    assert answer.status_code == 409
    assert newcomer in organisation(CORPORATION).members.all()
    assert administrator.post(address, Form(answer.text).sent).status_code == 302


def test_a_demand_of_somebody_else_is_not_undone_unseen(administrator: Client) -> None:
    old = opened(administrator, "/accounts/two-factor/roles/")
    role = Group.objects.get(name=Role.DIRECTOR.value)
    TwoFactorDemand.objects.create(role=role)
    answer = administrator.post("/accounts/two-factor/roles/", old)
    assert answer.status_code == 409
    assert "On record now: Directors" in answer.text
    assert TwoFactorDemand.objects.filter(role=role).exists()


def test_an_action_that_somebody_else_changed_is_not_written_over(administrator: Client) -> None:
    held = accreditation()
    action = held.actions.create(action="Renew it")
    address = f"/accreditations/{held.pk}/edit/"
    old = opened(administrator, address)
    action.action = "Renew it, and ask the auditor"
    action.save()
    answer = administrator.post(address, old | {"report_sentence": "It was renewed."})
    assert answer.status_code == 409
    assert "Renew it, and ask the auditor" in answer.text
    assert [each.action for each in held.actions.all()] == ["Renew it, and ask the auditor"]
    assert "It was renewed." in answer.text
