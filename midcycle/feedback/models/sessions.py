"""How sessions were: counts alone, without a row for anybody's answer."""

from typing import ClassVar

from django.db import models

from midcycle.agenda.models import Session
from midcycle.feedback.rules.sessions import MARKS, REASONS


class SessionTally(models.Model):
    """How many said that a session was so, for one reason or none. All rows of a session come with its first answer."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="session_tallies")
    mark = models.CharField(max_length=8)
    reason = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "mark", "reason"], name="a_session_is_judged_in_one_row"),
            models.CheckConstraint(
                condition=models.Q(mark__in=tuple(MARKS), reason__in=("", *REASONS)), name="a_session_is_judged_in_known_words"
            ),
        ]

    def __str__(self) -> str:
        """Mark, reason and count."""
        return f"{self.mark} {self.reason}: {self.count}"
