"""What a page, or a message after saving, asks for: a breach reason, an owner."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.clock import in_hours
from incidents.forms.changing import ChangingForm, Together
from incidents.forms.incident import IncidentForm
from incidents.misses import Miss, misses_of, unsaid
from incidents.models import Incident

LINK = '<a href="{}">{}</a>'
LOGGED_BEFORE = "was logged before: the form came a second time, and nothing more is logged"
SAVED_BEFORE = "is saved already: nothing has changed"
A_MINUTE = timedelta(minutes=1)


def missed_words(misses: list[Miss]) -> str:
    """Missed the target for responding by 5 min and for resolving by 2 h 5 min"""
    return "Missed the target " + " and ".join(map(each_missed, misses))


def each_missed(miss: Miss) -> str:
    if miss.by is None:
        return f"for {miss.doing}"
    by = in_hours(miss.by) if miss.by >= A_MINUTE else "less than a minute"
    return f"for {miss.doing} by {by}"


def breach_notice(incident: Incident, as_at: datetime, *, may_write: bool) -> SafeString | str:
    """Ask why a target was missed, with the way to the field; "" where all is said or met."""
    misses, field = misses_of(incident, as_at), unsaid(incident)
    if not (misses and field):
        return ""
    words = missed_words(misses)
    if not may_write:
        return f"{words}. Why is not on record yet."
    url = f"{incident.address('edit_incident')}#id_{field}"
    return format_html("{}: " + LINK + ".", words, url, wanted(incident))


def say_what_is_kept(request: HttpRequest, form: ChangingForm | Together) -> None:
    """Tell somebody who saved what another had changed meanwhile."""
    if form.kept and not form.stood_already:
        labels = ", ".join(form.kept)
        messages.info(request, f"Somebody else changed this meanwhile, and it is kept: {labels}.")


def wanted(incident: Incident) -> str:
    if incident.breach_category:
        return "say in a sentence why"
    return "choose a category for the reason" if incident.breach_reason else "say why"


def saved_message(
    form: IncidentForm, what: str, as_at: datetime, *, goes_on: bool = False
) -> SafeString:
    """Say what was saved, with a link to it, and ask for what it, or a new record, lacks.

    A name that was new is said, since a slip of the pen would be one.
    Its own page, on which the message stands, asks for a breach reason by itself; whoever goes on
    with another incident is asked here.
    """
    incident: Incident = form.instance
    message = format_html(LINK + " {}.", incident.get_absolute_url(), incident.reference, what)
    for name in () if form.stood_already else form.added:
        message += format_html(" “{}” is new: it was added.", name)
    if goes_on and (notice := breach_notice(incident, as_at, may_write=True)):
        message += format_html(" {}", notice)
    record = incident.problem_record
    if record and not record.owner:
        url = record.address("edit_problem")
        words = " {} has no owner yet: " + LINK + "."
        message += format_html(words, record.reference, url, "name one")
    return message
