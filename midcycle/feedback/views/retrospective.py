"""The retrospective at the desk, what earlier editions handed on, and the pad of the wrap-up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.feedback import actions, queries
from midcycle.feedback.access import handed_on_for, lesson_for
from midcycle.feedback.forms import LessonForm, OutcomeForm
from midcycle.feedback.rules.retrospective import KINDS
from midcycle.feedback.views.common import done, organised, status_of, told
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def retrospective(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team what it noted, and note one entry more; the form is ready for the next one then."""
    if request.method == "GET":
        return _page(request, organised_meetup_for(request.user, slug))
    meetup, by = organised(request, slug)
    form = LessonForm(queries.retrospective(meetup).team, request.POST)
    if form.is_valid() and done(form, lambda: actions.add_lesson(meetup, form.told(), by=by, now=timezone.now())):
        messages.success(request, gettext("The entry is noted."))
        return redirect(f"{resolve_url('feedback:retrospective', slug)}?next={form.cleaned_data['kind']}#add")
    return _page(request, meetup, form)


@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change an entry, or take it away."""
    meetup, by = organised(request, slug)
    found = lesson_for(meetup, number)
    if method_of(request) == "DELETE":
        if told(request, lambda: actions.remove_lesson(found, by=by, now=timezone.now())):
            messages.success(request, gettext("The entry is taken away."))
        return redirect("feedback:retrospective", slug)
    form = LessonForm(queries.retrospective(meetup).team, request.POST if request.method == "POST" else None, before=found)
    if form.is_valid() and done(form, lambda: actions.change_lesson(found, form.told(), by=by, now=timezone.now())):
        messages.success(request, gettext("The entry is changed."))
        return redirect("feedback:retrospective", slug)
    return render(request, "feedback/lesson.html", {"meetup": meetup, "lesson": found, "form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def handed_on(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what becomes of an entry an earlier edition handed on."""
    meetup, by = organised(request, slug)
    found = handed_on_for(meetup, number)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form,
        lambda: actions.take_up(
            found, meetup, form.cleaned_data["outcome"], as_task=form.cleaned_data["as_task"], by=by, now=timezone.now()
        ),
    ):
        messages.success(request, gettext("It is taken up."))
        return redirect("feedback:retrospective", slug)
    return render(request, "feedback/handed_on.html", {"meetup": meetup, "lesson": found, "form": form}, status=status_of(form))


@require_POST
def wrap_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the pad of the wrap-up, and lead there."""
    meetup, by = organised(request, slug)
    pad = actions.open_wrap_up(meetup, by=by, now=timezone.now())
    return redirect("pads:pad", slug, pad.name)


def _page(request: HttpRequest, meetup: Meetup, form: LessonForm | None = None) -> HttpResponse:
    page = queries.retrospective(meetup)
    kind = request.GET.get("next", "")
    fresh = LessonForm(page.team, kind=kind if kind in KINDS else "well")
    if kind in KINDS:
        fresh.fields["text"].widget.attrs["autofocus"] = True
    shown = {"meetup": meetup, "page": page, "form": form or fresh}
    return render(request, "feedback/retrospective.html", shown, status=422 if form else 200)
