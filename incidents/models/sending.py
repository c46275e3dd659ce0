"""Forms that logged something, so that none of them logs it twice."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incidents.models.incident import Incident
from incidents.models.problem import ProblemRecord

# A session ends after hours; a page that a browser kept is not sent again after so long.
KEPT = timedelta(days=30)


class Sending(models.Model):
    """A form that a person sent, by the token that it was shown with, and what it logged.

    `content` is a checksum of what was typed. A token is known to its own person alone.
    """

    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    token = models.UUIDField()
    content = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)
    incident = models.ForeignKey(Incident, models.CASCADE, null=True, related_name="+")
    problem_record = models.ForeignKey(ProblemRecord, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sent_by", "token"], name="a_form_logs_once"),
            models.CheckConstraint(
                condition=Q(incident=None) ^ Q(problem_record=None),
                name="sending_logged_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def keep(cls, sent_by: User | AnonymousUser, **fields: object) -> None:
        """Note what a form logged, and forget what this person sent long ago.

        Raises IntegrityError where the same form has logged something already.
        """
        theirs = cls.objects.filter(sent_by_id=sent_by.pk)
        theirs.filter(sent_at__lt=timezone.now() - KEPT).delete()
        theirs.create(sent_by_id=sent_by.pk, **fields)
