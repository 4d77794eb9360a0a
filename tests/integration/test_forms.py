"""What a form says about a mistake: one sentence that tells what to do next."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.web.forms import DayField, PlainForm
from tests.world import browser_of


class Everything(PlainForm):
    text = forms.CharField(max_length=3)
    email = forms.EmailField()
    number = forms.IntegerField(min_value=2, max_value=9)
    day = forms.DateField()
    at = forms.TimeField()
    one = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    sure = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Say it in your own words."})


def said(**typed):
    return {name: list(errors) for name, errors in Everything(typed).errors.items()}


def test_an_empty_field_says_what_to_do():
    assert said() == {
        "text": ["Fill this in."],
        "email": ["Type an e-mail address."],
        "number": ["Type a number."],
        "day": ["Choose a day."],
        "at": ["Type a time."],
        "one": ["Choose one."],
        "several": ["Choose one."],
        "sure": ["Tick this to go on."],
        "own": ["Say it in your own words."],
    }


def test_a_wrong_one_says_how_a_right_one_looks():
    wrong = said(text="long", email="me", number="1", day="soon", at="noon", one="b", several=["b"], sure="on", own="x")
    assert wrong == {
        "text": ["This is longer than 3 characters. Shorten it."],
        "email": ["Type an address such as name@example.org."],
        "number": ["Type 2 or more."],
        "day": ["Type a day such as 2027-03-31."],
        "at": ["Type a time such as 09:30."],
        "one": ["Choose one of the list."],
        "several": ["Choose one of the list."],
    }
    assert said(text="\x00")["text"] == ["This has a character in it that cannot be kept. Type it anew."]
    assert said(number="many")["number"] == ["Type a whole number, in digits."]
    assert said(number="10")["number"] == ["Type 9 or less."]


class Days(PlainForm):
    usual = DayField()
    long_ago = DayField(first=date(1950, 1, 1), last=date(1999, 12, 31), required=False)


def test_a_day_that_cannot_be_is_refused_and_one_that_is_kept_is_shown_as_browsers_read_it():
    assert Days({"usual": "0001-01-01", "long_ago": "2000-01-01"}).errors == {
        "usual": ["Choose 2000-01-01 or a later day."],
        "long_ago": ["Choose 1999-12-31 or an earlier day."],
    }
    assert Days({"usual": "9999-12-31"}).errors == {"usual": ["Choose 2099-12-31 or an earlier day."]}
    assert Days({"usual": "2027-02-30"}).errors == {"usual": ["Type a day such as 2027-03-31."]}
    shown = str(Days(initial={"usual": date(2027, 3, 1)})["usual"])
    assert 'type="date"' in shown
    assert 'value="2027-03-01"' in shown


def test_a_file_that_is_missing_or_empty_says_what_to_do():
    class Filed(PlainForm):
        file = forms.FileField()

    assert Filed({}, {}).errors == {"file": ["Choose a file."]}
    assert Filed({}, {"file": SimpleUploadedFile("a.csv", b"")}).errors == {"file": ["This file is empty. Choose another one."]}


def test_a_field_that_comes_late_speaks_plainly_too():
    form = Everything({})
    form.fields["late"] = forms.DateField(validators=[])
    assert form.errors["late"] == ["Choose a day."]


@pytest.mark.django_db
def test_the_door_speaks_plainly():
    page = browser_of().post("/sign-in/", {"email": ""}).content.decode()
    assert "Type an e-mail address." in page
    page = browser_of().post("/sign-in/", {"email": "me"}).content.decode()
    assert "Type an address such as name@example.org." in page


class Choosing(PlainForm):
    one = forms.ChoiceField(choices=[("a", "A")], required=False)
    day = forms.DateField(required=False, help_text="When?")


def groups(form):
    return [field.as_field_group() for field in form]


def test_blank_fields_are_rendered_once_and_typed_ones_each_time():
    blank = groups(Choosing())
    assert [again is first for again, first in zip(groups(Choosing()), blank, strict=True)] == [True, True]
    typed = groups(Choosing({"one": "a", "day": "soon"}))
    assert 'value="soon"' in typed[1]
    assert 'value="2027-03-31"' in groups(Choosing(initial={"day": "2027-03-31"}))[1]
    assert groups(Choosing()) == blank


def test_a_blank_field_that_differs_is_rendered_anew():
    form = Choosing()
    form.fields["one"].choices = [("b", "B")]
    form.fields["day"].required = True
    form.fields["day"].widget.attrs["min"] = "2027-01-01"
    one, day = groups(form)
    assert ("B</option>" in one, "A</option>" in one) == (True, False)
    assert ("required" in day, "optional" in day, 'min="2027-01-01"' in day) == (True, False, True)
    assert groups(Choosing(prefix="x"))[0] != groups(Choosing())[0]
