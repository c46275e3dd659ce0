"""Rows for tests: plain functions with defaults, so that a test names only what it is about."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, User

from incidents.access import Role
from incidents.importing.incident_rows import REQUIRED
from incidents.models import (
    Accreditation,
    Hold,
    Incident,
    Organisation,
    Priority,
    ProblemRecord,
    Screen,
    Service,
    ServiceCalendar,
    ServiceLevelTarget,
    Supplier,
)
from incidents.month import Month
from incidents.screens import make
from reports.models import CommitteeReport

CORPORATION = "City of London Corporation"
POLICE = "City of London Police"
MARCH = Month(2019, 3)
WEEKDAYS_8_TO_17 = [[[8 * 60, 17 * 60]]] * 5 + [[], []]


def moment(text: str) -> datetime:
    """Read "2019-03-04 07:40" as a moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def organisation(name: str = CORPORATION) -> Organisation:
    return Organisation.objects.get_or_create(name=name)[0]


def priority(name: str = "P1") -> Priority:
    return Priority.objects.get(name=name)


def service(name: str = "Telephony", **fields: Any) -> Service:
    return Service.objects.get_or_create(name=name, defaults=fields)[0]


def supplier(name: str = "Vodafone", **fields: Any) -> Supplier:
    return Supplier.objects.get_or_create(name=name, defaults=fields)[0]


def problem_record(**fields: Any) -> ProblemRecord:
    return ProblemRecord.objects.create(
        **{"title": "Telephone controllers fail", "opened_on": date(2019, 3, 1)}
        | {"organisation": organisation()}
        | fields
    )


def rows_for_names(fields: dict[str, Any]) -> None:
    """Put the row of a name where a field was given by name."""
    builders: dict[str, Callable[[str], Any]] = {
        "organisation": organisation,
        "priority": priority,
        "affected_service": service,
        "supplier": supplier,
    }
    for name, build in builders.items():
        if isinstance(fields.get(name), str):
            fields[name] = build(fields[name])


def incident(**fields: Any) -> Incident:
    """An incident of March 2019 that met its targets; names stand for rows.

    `takes` gives the minutes from opening to resolution, None for an open incident.
    """
    opened_at = fields.setdefault("opened_at", moment("2019-03-12 10:00"))
    takes: int | None = fields.pop("takes", 60)
    ended = {} if takes is None else {"resolved_at": opened_at + timedelta(minutes=takes)}
    started = {} if takes is None else {"responded_at": opened_at + timedelta(minutes=5)}
    rows_for_names(fields)
    fields.setdefault("organisation", organisation())
    fields.setdefault("priority", priority())
    fields.setdefault("affected_service", service())
    defaults = {"reason": "A line failed.", "resolution": "The line was repaired."}
    return Incident.objects.create(**defaults | started | ended | fields)


def open_incident(**fields: Any) -> Incident:
    """INC-1, of 10:00, that was responded to in time, is due at 14:00 and still open."""
    defaults = {"reference": "INC-1", "takes": None, "responded_at": moment("2019-03-12 10:05")}
    return incident(**defaults | fields)


def hold(incident: Incident, **fields: Any) -> Hold:
    """A hold of half an hour, ten minutes after the opening; the incident is settled anew.

    `ended_at=None` is a hold that lasts.
    """
    started_at = fields.setdefault("started_at", incident.opened_at + timedelta(minutes=10))
    defaults = {"ground": Hold.Ground.SUPPLIER, "ended_at": started_at + timedelta(minutes=30)}
    made = Hold.objects.create(incident=incident, **defaults | fields)
    incident.save()
    return made


def calendar(**fields: Any) -> ServiceCalendar:
    """Monday to Friday 08:00 to 17:00 in London, bank holidays closed."""
    defaults = {"name": "Weekdays 8 to 17", "time_zone": "Europe/London", "week": WEEKDAYS_8_TO_17}
    return ServiceCalendar.objects.create(**defaults | fields)


def service_level_target(**fields: Any) -> ServiceLevelTarget:
    """Of P1 for all organisations, round the clock, from 2019; names stand for rows."""
    rows_for_names(fields)
    fields.setdefault("priority", priority())
    defaults = {
        "starts_on": date(2019, 1, 1),
        "respond_minutes": 15,
        "resolve_minutes": 4 * 60,
        "attainment_percent": Decimal(98),
    }
    return ServiceLevelTarget.objects.create(**defaults | fields)


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


def administrator() -> User:
    return person("administrator", Role.ADMINISTRATOR, email="admin@desk.example")


def stranger() -> User:
    """Somebody who may sign in and belongs nowhere."""
    return person("stranger")


def committee_report(month: Month = MARCH, **fields: Any) -> CommitteeReport:
    """The texts of a month; every one empty unless it is given."""
    defaults = {"report_of": "The Chamberlain", "revision": 1}
    return CommitteeReport.objects.create(month=month.first_day, **defaults | fields)


def accreditation(name: str = "PSN", **fields: Any) -> Accreditation:
    """What an organisation holds; without a day on which it ends."""
    rows_for_names(fields)
    fields.setdefault("organisation", organisation())
    return Accreditation.objects.create(name=name, **fields)


def screen_and_token(name: str = "Entrance hall", *organisations: str) -> tuple[Screen, str]:
    """A screen of the organisations of these names, or of all, and the token that lets it in."""
    by = User.objects.get_or_create(username="screen-maker")[0]
    made = Screen(name=name)
    return made, make(made, [organisation(each) for each in organisations], by)


def screen(name: str = "Entrance hall", *organisations: str) -> Screen:
    return screen_and_token(name, *organisations)[0]


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
