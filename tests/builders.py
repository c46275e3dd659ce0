"""Rows for tests: plain functions with defaults, so that a test names only what it is about."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, User

from incidents.access import Role
from incidents.importing.incident_rows import REQUIRED
from incidents.models import Incident, Organisation, Priority, ProblemRecord, Service, Supplier
from incidents.month import Month
from reports.models import CommitteeReport

CORPORATION = "City of London Corporation"
POLICE = "City of London Police"
MARCH = Month(2019, 3)


def moment(text: str) -> datetime:
    """Read "2019-03-04 07:40" as a moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def organisation(name: str = CORPORATION) -> Organisation:
    return Organisation.objects.get_or_create(name=name)[0]


def priority(name: str = "P1") -> Priority:
    return Priority.objects.get(name=name)


def service(name: str = "Telephony") -> Service:
    return Service.objects.get_or_create(name=name)[0]


def supplier(name: str = "Vodafone") -> Supplier:
    return Supplier.objects.get_or_create(name=name)[0]


def problem_record(**fields: Any) -> ProblemRecord:
    return ProblemRecord.objects.create(
        **{"title": "Telephone controllers fail", "opened_on": date(2019, 3, 1)}
        | {"organisation": organisation()}
        | fields
    )


def incident(**fields: Any) -> Incident:
    """An incident of March 2019 that met its targets; names stand for rows.

    `takes` gives the minutes from opening to resolution, None for an open incident.
    """
    opened_at = fields.setdefault("opened_at", moment("2019-03-12 10:00"))
    takes: int | None = fields.pop("takes", 60)
    ended = {} if takes is None else {"resolved_at": opened_at + timedelta(minutes=takes)}
    started = {} if takes is None else {"responded_at": opened_at + timedelta(minutes=5)}
    for name, build in (
        ("organisation", organisation),
        ("priority", priority),
        ("affected_service", service),
        ("supplier", supplier),
    ):
        if isinstance(fields.get(name), str):
            fields[name] = build(fields[name])
    fields.setdefault("organisation", organisation())
    fields.setdefault("priority", priority())
    fields.setdefault("affected_service", service())
    defaults = {"reason": "A line failed.", "resolution": "The line was repaired."}
    return Incident.objects.create(**defaults | started | ended | fields)


def person(name: str, role: Role | None = None, *organisations: str, **fields: Any) -> User:
    """A person who can sign in with the password "secret", in a role, for organisations."""
    user = User.objects.create_user(name, password="secret", **fields)
    if role:
        user.groups.add(Group.objects.get(name=role.value))
    for each in organisations:
        organisation(each).members.add(user)
    return user


def corporation_manager() -> User:
    return person("corporation-manager", Role.SERVICE_MANAGER, CORPORATION)


def police_manager() -> User:
    return person("police-manager", Role.SERVICE_MANAGER, POLICE)


def manager_of_all() -> User:
    return person("manager", Role.SERVICE_MANAGER, CORPORATION, POLICE)


def manager_of_none() -> User:
    return person("manager-of-none", Role.SERVICE_MANAGER)


def director() -> User:
    return person("director", Role.DIRECTOR, CORPORATION, POLICE)


def clerk() -> User:
    return person("clerk", Role.CLERK, CORPORATION, POLICE)


def stranger() -> User:
    """Somebody who may sign in and belongs nowhere."""
    return person("stranger")


def committee_report(month: Month = MARCH, **fields: Any) -> CommitteeReport:
    """The texts of a month; every one empty unless it is given."""
    defaults = {"report_of": "The Chamberlain", "revision": 1}
    return CommitteeReport.objects.create(month=month.first_day, **defaults | fields)


def incidents_csv(*rows: dict[str, str], columns: tuple[str, ...] = REQUIRED) -> bytes:
    """A file of incidents to import; each row names only what it is about."""
    defaults = {
        "reference": "INC-0001",
        "organisation": POLICE,
        "priority": "P1",
        "affected_service": "Telephony",
        "opened_at": "2019-03-04T07:40+00:00",
        "responded_at": "2019-03-04T07:50+00:00",
        "resolved_at": "2019-03-04T10:55+00:00",
        "cause": "external",
        "supplier": "Vodafone",
        "reason": "A line failed. Nobody could call.",
        "resolution": "The line was repaired.",
        "problem_management_plan": "None required",
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(defaults | row for row in rows)
    return text.getvalue().encode()
