"""What people answer, and what the organisers count and note."""

from collections.abc import Container, Mapping
from typing import Any, Final

from django import forms

from midcycle.feedback.rules import (
    HANDS,
    LONGEST_QUESTION,
    LONGEST_REMARK,
    LONGEST_WORDS,
    REMARKS,
    SURVEY,
    SURVEY_QUESTIONS,
    SurveyAnswers,
    own_question,
)
from midcycle.web.forms import PlainForm

_OTHER: Final = "other"
_MOST: Final = 100_000  # what a number field takes at all; the rules ask for far less


def _choice(question: str) -> forms.ChoiceField:
    inline = {"class": "choices-inline"} if question != "heard_how" else {}
    return forms.ChoiceField(
        label=SURVEY_QUESTIONS[question],
        choices=list(SURVEY[question].items()),
        widget=forms.RadioSelect(attrs=inline),
        required=False,
    )


class SurveyForm(PlainForm):
    """The survey: every question may be left out."""

    on_list = _choice("on_list")
    first_time = _choice("first_time")
    heard_how = _choice("heard_how")
    free_time = _choice("free_time")
    come_again = _choice("come_again")
    words = forms.CharField(
        label="Anything else, in your own words",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The organisers read this without a name, after the survey is closed. Leave out what tells who you are.",
    )

    def answers(self) -> SurveyAnswers:
        """Return what was answered, once the form is valid."""
        said: Mapping[str, str] = self.cleaned_data
        yes_no = {"yes": True, "no": False}
        return SurveyAnswers(
            heard_how=said["heard_how"],
            on_list=yes_no.get(said["on_list"]),
            first_time=yes_no.get(said["first_time"]),
            free_time=said["free_time"],
            come_again=yes_no.get(said["come_again"]),
            words=said["words"],
        )


class CountForm(PlainForm):
    """How many hands went up."""

    yes = forms.IntegerField(label="Hands for yes", min_value=0, max_value=_MOST)
    no = forms.IntegerField(label="Hands for no", min_value=0, max_value=_MOST)


class HandsForm(CountForm):
    """A question asked in the room, and how many hands went up."""

    asked = forms.CharField(
        label="Your question", max_length=LONGEST_QUESTION, required=False, help_text="Only for another question."
    )

    def __init__(self, counted: Container[str], data: Mapping[str, Any] | None = None) -> None:
        """Offer the questions not `counted` yet; one that was sent stays, so that it can be told beside it."""
        super().__init__(data, auto_id="hands_%s")
        sent = self.data.get("question")
        known = [(key, words) for key, words in HANDS.items() if key not in counted or key == sent]
        choices = [*known, (_OTHER, "Another question, in your own words")]
        self.fields["question"] = forms.ChoiceField(label="What was asked?", choices=choices)
        self.order_fields(("question", "asked", "yes", "no"))

    def question_asked(self) -> tuple[str, str]:
        """Return the key of the question and what was asked, blank for a known question; once the form is valid."""
        question: str = self.cleaned_data["question"]
        asked: str = self.cleaned_data["asked"]
        return (own_question(asked), asked) if question == _OTHER else (question, "")


class RemarkForm(PlainForm):
    """Something said in the wrap-up."""

    kind = forms.ChoiceField(label="What is it?", choices=list(REMARKS.items()))
    text = forms.CharField(
        label="In one or two sentences",
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Without names. It is shown on the report.",
    )
