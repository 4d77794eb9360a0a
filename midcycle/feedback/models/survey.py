"""The survey of a meetup, and what was answered.

The survey keeps no row for a person's answers. What people choose is only counted, and each answer rewrites every count
of the survey, and a whole chapter of its texts. So neither keys, nor the order of rows, nor the marks a database leaves on
rows written together lead from somebody's slip to what they said.
"""

import uuid
from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.feedback.rules.asking import KINDS
from midcycle.feedback.rules.standard import WORDS
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


class Survey(models.Model):
    """The survey of a meetup. It is made, opened once, and closed; then its figures are shown, and it stays so.

    `standard_off` are the keys of standard questions the team leaves out. `on_paper` counts forms that were typed in,
    `on_screen` those who answered by their link: slips tell that until the survey is closed, and then they are gone.
    """

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="survey")
    is_open = models.BooleanField(default=False)
    was_opened = models.BooleanField(default=False)
    standard_off = models.JSONField(default=list)
    on_paper = models.PositiveIntegerField(default=0)
    on_screen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_open=False) | models.Q(was_opened=True), name="an_open_survey_was_opened"
            ),
        ]

    def __str__(self) -> str:
        """Meetup by number."""
        return f"survey of {self.meetup_id}"


class OwnQuestion(models.Model):
    """A question of the team. Once it was answered it is never changed: it can be retired, and another one asked.

    Texts by language: titles `{"en": "…"}`, choices `[{"value": "…", "titles": {"en": "…"}}]`.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="own_questions")
    kind = models.CharField(max_length=8)
    titles = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=tuple(KINDS)), name="an_own_question_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        """Return its key."""
        return self.key

    @property
    def key(self) -> str:
        """Return the text its answers are counted under."""
        return f"own-{self.pk}"


class Slip(models.Model):
    """Marks that a seat has answered, until the survey is closed. Nothing leads from a slip to an answer."""

    seat = models.OneToOneField(Seat, primary_key=True, on_delete=models.CASCADE, related_name="slip")

    def __str__(self) -> str:
        """Seat by number."""
        return f"slip of {self.seat_id}"


class Tally(models.Model):
    """How many people chose one answer to one question. All rows of a question are there from when it is first asked.

    Beside its answers there are two: `*` counts who answered it at all, and blank who was asked and left it out.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tallies")
    question = models.CharField(max_length=24)
    value = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "question", "value"], name="an_answer_is_counted_in_one_row"),
        ]

    def __str__(self) -> str:
        """Question, answer and count."""
        return f"{self.question} {self.value}: {self.count}"


class OwnWords(models.Model):
    """What somebody wrote in their own words: a random key, no person, no time, rows in the order of their keys.

    A chapter is what is written anew together: it has so many texts that none stands out. Texts change chapters at random.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="own_words")
    question = models.CharField(max_length=24, default=WORDS)
    chapter = models.PositiveIntegerField(default=0)
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["survey", "question", "id"], name="own_words_in_their_order")]

    def __str__(self) -> str:
        """Nothing that tells who."""
        return "own words"


class PaperForm(models.Model):
    """A form on paper that was typed in, kept until the survey is closed, so that a mistake can be taken back.

    A paper has no name and belongs to no seat. `key` comes from the page, so that a form sent twice counts once.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="paper_forms")
    key = models.UUIDField(unique=True)
    typed_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField()

    def __str__(self) -> str:
        """Return its number."""
        return f"paper form {self.pk}"
