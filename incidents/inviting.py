"""The e-mail that invites a person: how they sign in for the first time, and until when."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from incidents.people import name_of

SUBJECT = "Your invitation to servicedesk"


def send_invitation(request: HttpRequest, person: User) -> bool:
    """Write to a person how they come in; tell whether the e-mail could be sent.

    It names whoever asks for it, and nothing of what a person typed stands in its head. Where
    people sign in elsewhere it leads to the sign-in page, else to choosing a password.
    """
    if not settings.SENDS_MAIL:
        return False
    until = timezone.localtime() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    context = {
        "name": name_of(person),
        "by": name_of(request.user),  # type: ignore[arg-type]
        "username": person.get_username(),
        "until": until,
        "single_sign_on": settings.SINGLE_SIGN_ON,
        "address": person.email,
        "link": request.build_absolute_uri(first_page(person)),
    }
    text = render_to_string("incidents/people/invitation.txt", context)
    try:
        return bool(send_mail(SUBJECT, text, None, [person.email]))
    except OSError:  # whatever keeps a mail server from taking it, refusals included
        return False


def first_page(person: User) -> str:
    """Return where a person begins: at a link to choose a password, good once and for a while."""
    if settings.SINGLE_SIGN_ON:
        return reverse("account_login")
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("invitation", args=[key, default_token_generator.make_token(person)])
