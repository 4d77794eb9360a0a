"""The survey on paper, and how many papers somebody typed in."""

from typing import Final

from django.conf import settings
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.engines.documents import Item, Occasion, QuestionnaireWords, questionnaire
from midcycle.engines.tickets.qr import qr_modules
from midcycle.feedback.models import PaperForm
from midcycle.feedback.queries.asking import SurveyForm
from midcycle.feedback.rules.asking import WRITTEN, Asked
from midcycle.meetups.models import Meetup

_LINES: Final = {"short": 1, "long": 4}
_WORDS: Final = {
    "title": "How was it?",
    "ask": "Tick what fits, leave out what you like. Do not write your name: nobody should know who said what.",
    "screen": "One answer each. Rather on a screen?",
    "foot": "Please give this sheet to somebody of the team, or put it into their box.",
}


def paper_sheet(form: SurveyForm) -> bytes:
    """Return the survey as PDF. Raises NotPrinted."""
    meetup = form.meetup
    address = settings.MIDCYCLE.public_url_used + reverse("feedback:door", args=[meetup.slug])
    items = [_item(number, question, form) for number, question in enumerate(form.questions, start=1)]
    occasion = Occasion(meetup.title, meetup.when, meetup.where, form.language)
    words = QuestionnaireWords(address=address, **_WORDS)
    return questionnaire(occasion, items, qr_modules(address), words=words).pdf


def typed_by(meetup: Meetup, person: Person) -> int:
    """Return how many papers this person typed in, of those that can still be taken back."""
    return PaperForm.objects.filter(survey__meetup=meetup, typed_by=person).count()


def _item(number: int, question: Asked, form: SurveyForm) -> Item:
    title = form.text(question.titles)[0]
    if question.kind in WRITTEN:
        return Item(number, title, lines=_LINES[question.kind])
    answers = tuple((str(digit), question.label(value, form.language)) for digit, value in enumerate(question.values, start=1))
    if question.kind == "scale":
        answers = tuple((digit, label.partition(": ")[2]) for digit, label in answers)
    return Item(number, title, answers, hint="As many as fit." if question.kind == "several" else "")
