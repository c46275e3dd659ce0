"""Makes the people who may sign in to a demonstration, one for each thing that people do."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from incidents.access import Role
from incidents.acting import acting
from incidents.models import Organisation
from incidents.people import keeping_history

CORPORATION, POLICE = "city-of-london-corporation", "city-of-london-police"


@dataclass(frozen=True, slots=True)
class DemoUser:
    name: str
    role: Role
    organisations: tuple[str, ...] = (CORPORATION, POLICE)

    @property
    def is_administrator(self) -> bool:
        return self.role is Role.ADMINISTRATOR


DEMO_USERS = (
    DemoUser("corporation-manager", Role.SERVICE_MANAGER, (CORPORATION,)),
    DemoUser("police-manager", Role.SERVICE_MANAGER, (POLICE,)),
    DemoUser("clerk", Role.CLERK),
    DemoUser("director", Role.DIRECTOR),
    DemoUser("administrator", Role.ADMINISTRATOR),
)


class Command(BaseCommand):
    help = (
        "Create the people of a demonstration, with the password DEMO_PASSWORD. People who "
        "exist are left alone. Refused in production (DEBUG=0)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo users are not for production (DEBUG=0): nothing was created.")
        with transaction.atomic():
            created = [demo for demo in DEMO_USERS if create(demo)]
        for demo in DEMO_USERS:
            password = (
                f"password {settings.DEMO_PASSWORD}" if demo in created else "as it was before"
            )
            self.stdout.write(f"{demo.name} ({demo.role.value}): {password}")


def create(demo: DemoUser) -> bool:
    """Create a person with role and organisations; False where the name is taken."""
    if User.objects.filter(username=demo.name).exists():
        return False
    user = User(
        username=demo.name, is_staff=demo.is_administrator, is_superuser=demo.is_administrator
    )
    user.set_password(settings.DEMO_PASSWORD)
    with acting(via="create_demo_users"), keeping_history(user):
        user.save()
        user.groups.add(Group.objects.get_or_create(name=demo.role.value)[0])
        user.organisations.set(Organisation.objects.filter(slug__in=demo.organisations))
    return True
