"""The round of questions before a release, its answers by link, and the freeze."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.agenda import actions, queries
from midcycle.agenda.access import asked_person_for, organiser_for
from midcycle.agenda.forms import RoundForm
from midcycle.agenda.rules import ANSWER_NAMES
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for
from midcycle.web.personal import personal
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what everyone with a part answered; a POST asks those who were not asked yet."""
    meetup, organiser = organiser_for(request.user, slug)
    if request.method == "POST":
        try:
            count = actions.ask_round(meetup, by=organiser, now=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.message)
        else:
            told = ngettext(
                "%(count)s question asked. Letters with a link are on the way.",
                "%(count)s questions asked. Letters with a link are on the way.",
                count,
            )
            messages.success(request, told % {"count": count})
        return redirect("agenda:round", slug)
    return render(request, "agenda/round.html", {"meetup": meetup, "round": queries.round_of(meetup)})


@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze the agenda; a DELETE thaws it."""
    meetup, organiser = organiser_for(request.user, slug)
    if method_of(request) == "DELETE":
        actions.thaw(meetup, by=organiser, now=timezone.now())
        messages.success(request, gettext("Sessions can be moved again."))
    else:
        actions.freeze(meetup, by=organiser, now=timezone.now())
        messages.success(
            request, gettext("The agenda is frozen: nobody moves anything until you thaw it. You can release it now.")
        )
    return redirect("agenda:replan" if request.POST.get("back") == "replan" else "agenda:round", slug)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def my_sessions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let somebody with a part say, by the link of their letter, whether they can be in their sessions."""
    meetup = meetup_for(slug)
    person = asked_person_for(meetup, key)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            now = timezone.now()
            actions.answer(meetup, person, given["session"], given["answer"], words=given["note"], now=now)
        except Refusal as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, gettext("Thank you: the organisers see your answer."))
        return redirect("agenda:my_sessions", slug, key)
    if request.method == "POST":
        messages.warning(request, gettext("Choose one of the answers, and keep the note to 200 characters."))
    shown = {
        "meetup": meetup,
        "person": person,
        "questions": queries.questions_for(meetup, person),
        "names": tuple((answer, gettext(name)) for answer, name in ANSWER_NAMES.items()),
    }
    return render(request, "agenda/my_sessions.html", shown)
