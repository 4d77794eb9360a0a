"""The survey as people meet it: the door, the form behind a personal link, and what came of it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.feedback import actions, queries
from midcycle.feedback.access import key_of, own_seat, seat_for, survey_for
from midcycle.feedback.forms import AnswerForm, LinkForm
from midcycle.feedback.views.common import done, in_language, status_of, wanted
from midcycle.meetups.access import meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.web.limits import Limit, origin_of
from midcycle.web.personal import personal

LINKS_FROM_ONE_PLACE: Final = Limit(30, 15 * 60)


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead a signed-in person to the survey of their seat; send everybody else their link again, who asks for it."""
    meetup = meetup_for(slug)
    survey = survey_for(meetup)
    seat = own_seat(request.user, meetup)
    if seat is not None:
        return redirect("feedback:survey", slug, key_of(seat))
    form = LinkForm(request.POST if request.method == "POST" else None)
    page = {"meetup": meetup, "survey": survey, "form": form}
    if not form.is_valid():
        return render(request, "feedback/door.html", page, status=status_of(form))
    if wait := LINKS_FROM_ONE_PLACE.wait(origin_of(request)):
        often = gettext("Very many people ask from your network just now. Wait %(wait)s seconds, and send this again.")
        form.add_error(None, often % {"wait": wait})
        return render(request, "feedback/door.html", page, status=429)
    actions.ask_for_link(meetup, form.cleaned_data["email"], now=timezone.now())
    return render(request, "feedback/door.html", {**page, "is_asked": True})


@personal
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask once, without a name; afterwards say thank you. Who is too late keeps what they wrote."""
    seat = seat_for(slug, key)
    return in_language(request, lambda: _survey(request, seat, key))


@require_GET
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody what a closed survey came to, without any small group."""
    meetup = meetup_for(slug)
    return in_language(request, lambda: _results(request, meetup))


def _survey(request: HttpRequest, seat: Seat, key: str) -> HttpResponse:
    asked = queries.survey_form(seat.meetup, **wanted(request))
    form = AnswerForm(asked, request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, lambda: actions.answer_survey(seat, form.typed(), now=timezone.now())):
        return redirect("feedback:survey", seat.meetup.slug, key)
    page = {"meetup": seat.meetup, "asked": asked, "form": form, "answered": queries.has_answered(seat)}
    response = render(request, "feedback/survey.html", page, status=status_of(form))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _results(request: HttpRequest, meetup: Meetup) -> HttpResponse:
    found = queries.results(meetup, public=True, language=queries.language_of(meetup, **wanted(request)))
    page = {"meetup": meetup, "results": found, "lessons": queries.public_lessons(meetup)}
    response = render(request, "feedback/results.html", page)
    patch_vary_headers(response, ["Accept-Language"])
    return response
