"""The survey on paper, and how many papers somebody typed in."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from midcycle.accounts.models import Person
from midcycle.engines.documents import Item, Occasion, QuestionnaireWords, questionnaire
from midcycle.engines.tickets.qr import qr_modules
from midcycle.feedback.models import PaperForm
from midcycle.feedback.queries.asking import SurveyForm
from midcycle.feedback.rules.asking import WRITTEN, Asked
from midcycle.kernel.words import language as spoken
from midcycle.meetups.models import Meetup
from midcycle.registration.rules.languages import FIRST

_LINES: Final = {"short": 1, "long": 4}


def paper_sheet(form: SurveyForm) -> bytes:
    """Return the survey as PDF, its words in the language that is active. Raises NotPrinted."""
    meetup = form.meetup
    address = settings.MIDCYCLE.public_url_used + reverse("feedback:door", args=[meetup.slug])
    items = [_item(number, question, form) for number, question in enumerate(form.questions, start=1)]
    language = form.language if spoken() == FIRST else spoken()
    occasion = Occasion(meetup.told_title, meetup.when, meetup.where, language)
    words = QuestionnaireWords(
        title=gettext("How was it?"),
        ask=gettext("Tick what fits, leave out what you like. Do not write your name: nobody should know who said what."),
        screen=gettext("One answer each. Rather on a screen?"),
        address=address,
        foot=gettext("Please give this sheet to somebody of the team, or put it into their box."),
        page=pgettext("before its number", "Page"),
        code=gettext("QR code"),
    )
    return questionnaire(occasion, items, qr_modules(address), words=words).pdf


def typed_by(meetup: Meetup, person: Person) -> int:
    """Return how many papers this person typed in, of those that can still be taken back."""
    return PaperForm.objects.filter(survey__meetup=meetup, typed_by=person).count()


def _item(number: int, question: Asked, form: SurveyForm) -> Item:
    title = form.title(question)[0]
    if question.kind in WRITTEN:
        return Item(number, title, lines=_LINES[question.kind])
    answers = tuple((str(digit), question.label(value, form.language)) for digit, value in enumerate(question.values, start=1))
    if question.kind == "scale":
        answers = tuple((digit, label.partition(": ")[2]) for digit, label in answers)
    return Item(number, title, answers, hint=gettext("As many as fit.") if question.kind == "several" else "")
