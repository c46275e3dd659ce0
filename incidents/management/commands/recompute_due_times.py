"""Works out anew what a change of targets or calendars moved, and says how far it has come."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from incidents.management.arguments import month_from
from incidents.models import PublishedMonth, Recomputation
from incidents.month import Month
from incidents.settling import settle_all, still_waiting

LINES = 100  # of progress, no more
GO_ON = "Run the command again, without --since: it goes on from there."


class Command(BaseCommand):
    help = (
        "Work out the due times that a change of targets or calendars left waiting. Published "
        "months are left alone. After an interruption it goes on from where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since",
            metavar="MONTH",
            help="begin anew with the incidents opened in this month or later, such as 2019-03, "
            "whether or not any wait",
        )

    def handle(self, *args: Any, since: str | None, **options: Any) -> None:
        try:
            if since is not None:
                Recomputation.ask(month_from(since, "--since").first_day)
            self.work_out()
        except DatabaseError as error:
            raise CommandError(f"Interrupted. The database says: {error}\n{GO_ON}") from None
        except KeyboardInterrupt:
            raise CommandError(f"Interrupted. {GO_ON}") from None

    def work_out(self) -> None:
        work = Recomputation.objects.first()
        if work is None:
            self.say("No due times wait to be worked out.")
            return
        since, total = Month.of_day(work.since), still_waiting()
        self.say(f"Due times of incidents opened since {since.label}: {total:,} to work out.")
        if published := sorted(month for month in PublishedMonth.all() if month >= since):
            names = ", ".join(month.label for month in published)
            self.say(f"Left alone, because published: {names}.")
        next_line = 0
        for done in settle_all():
            if done >= next_line:
                self.say(f"{done:,} of {max(total, done):,} incidents")
                next_line = done + total // LINES
        self.say("Every due time is as the targets say.")

    def say(self, words: str) -> None:
        """Print a line at once, so that it is seen also where the output goes into a file."""
        self.stdout.write(words)
        self.stdout.flush()
