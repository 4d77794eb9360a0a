"""The team's page: whose actions are, what left its pad, and one action to correct."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.kernel.refusal import Refusal
from midcycle.outcomes import actions, queries
from midcycle.outcomes.access import team_action_for, team_for, team_trace_for
from midcycle.outcomes.forms import AskForm, CorrectForm, MeantForm, SplitForm, StateForm, TraceForm
from midcycle.outcomes.models import Action
from midcycle.web.forms import PlainForm
from midcycle.web.requests import method_of


@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team all actions by what there is to do about them."""
    team = team_for(request.user, slug)
    page = {"meetup": team.meetup, "desk": queries.desk_of(team.meetup, now=timezone.now())}
    return render(request, "outcomes/desk.html", page)


@require_POST
def asking(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask everybody who alone can be meant."""
    team = team_for(request.user, slug)
    count = actions.ask_all(team.meetup, by=team.person, now=timezone.now())
    asked = ngettext("%(count)s person is asked by letter.", "%(count)s people are asked by letter.", count)
    nobody = gettext("There is nobody to ask: no name fits one person alone.")
    messages.success(request, asked % {"count": count} if count else nobody)
    return redirect("outcomes:desk", slug)


@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the team one action, or delete one that has no line."""
    found, by = team_action_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        try:
            actions.remove(found, by=by, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("outcomes:desk_action", slug, number)
        messages.success(request, gettext("It is gone."))
        return redirect("outcomes:desk", slug)
    return _page(request, found)


@require_POST
def owner(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask somebody whether an action is theirs, or let it be nobody's again."""
    found, by = team_action_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.let_go(found, by=by, now=timezone.now())
        messages.success(request, gettext("It is nobody's now."))
        return redirect("outcomes:desk_action", slug, number)
    form = AskForm((), queries.people_at(found.meetup), request.POST)
    return _done(
        request,
        found,
        form,
        lambda now: actions.ask(found, form.number(), by=by, now=now),
        gettext("They are asked by letter."),
    )


@require_POST
def words(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Correct what a line was read as."""
    found, by = team_action_for(request.user, slug, number)
    form = CorrectForm(request.POST)
    return _done(
        request, found, form, lambda now: actions.correct(found, form.correction(), by=by, now=now), gettext("Corrected.")
    )


@require_POST
def parts(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a second action of a line that says two things."""
    found, by = team_action_for(request.user, slug, number)
    form = SplitForm(request.POST, auto_id="id_second_%s")
    return _done(
        request,
        found,
        form,
        lambda now: actions.split(found, form.cleaned_data["what"], by=by, now=now),
        gettext("There are two actions now. Correct what this one says."),
    )


@require_POST
def state(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say whether an action is done."""
    found, by = team_action_for(request.user, slug, number)
    form = StateForm(request.POST)
    return _done(
        request,
        found,
        form,
        lambda now: actions.set_state(found, form.cleaned_data["state"], by=by, now=now),
        gettext("Saved."),
    )


@require_POST
def traces(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Note what became of an action."""
    found, by = team_action_for(request.user, slug, number)
    form = TraceForm(request.POST)
    return _done(
        request, found, form, lambda now: actions.note_trace(found, **form.cleaned_data, by=by, now=now), gettext("Noted.")
    )


@require_POST
def meant(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say whom an action is meant for."""
    found, by = team_action_for(request.user, slug, number)
    form = MeantForm(request.POST)
    return _done(
        request,
        found,
        form,
        lambda now: actions.mean_for(found, form.cleaned_data["meant_for"], by=by, now=now),
        gettext("Saved."),
    )


@require_POST
def keeping(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep an action whose line left its pad."""
    found, by = team_action_for(request.user, slug, number)
    actions.keep(found, by=by, now=timezone.now())
    messages.success(request, gettext("It stays on the list."))
    return redirect("outcomes:desk_action", slug, number)


@require_POST
def trace(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take away a note about what became of something."""
    found, team = team_trace_for(request.user, slug, number)
    actions.remove_trace(found, team.meetup.pk, by=team.person, now=timezone.now())
    messages.success(request, gettext("The note is gone."))
    if found.action_id is not None:
        return redirect("outcomes:desk_action", slug, found.action_id)
    return redirect("outcomes:desk_tag", slug, found.tag_id)


def _done(request: HttpRequest, found: Action, form: PlainForm, deed: Callable[[datetime], object], said: str) -> HttpResponse:
    """Do it when the form can be used; else show the page with what is wrong."""
    if form.is_valid():
        try:
            deed(timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, said)
            return redirect("outcomes:desk_action", found.meetup.slug, found.pk)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Action, sent: PlainForm | None = None) -> HttpResponse:
    row = queries.desk_row(found, now=timezone.now())
    forms: dict[str, PlainForm] = {
        "ask": AskForm(row.meant, queries.people_at(found.meetup)),
        "correct": CorrectForm(initial={"what": found.what, "due_on": found.due_on}),
        "split": SplitForm(auto_id="id_second_%s"),
        "state": StateForm(initial={"state": found.state}),
        "trace": TraceForm(),
        "meant": MeantForm(initial={"meant_for": found.meant_for}),
    }
    page = {name: sent if type(sent) is type(form) else form for name, form in forms.items()}
    return render(
        request,
        "outcomes/desk_action.html",
        {**page, "meetup": found.meetup, "one": row, "sent": sent},
        status=422 if sent else 200,
    )
