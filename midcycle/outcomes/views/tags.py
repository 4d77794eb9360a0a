"""The team tidies tags: merges them, parts them, says whom they are meant for and what became of them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from midcycle.kernel.refusal import Refusal
from midcycle.outcomes import actions, queries
from midcycle.outcomes.access import team_for, team_tag_for
from midcycle.outcomes.forms import MeantForm, MergeForm, TraceForm
from midcycle.outcomes.models import Tag
from midcycle.web.forms import PlainForm
from midcycle.web.requests import method_of


@require_safe
def tags(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team all tags."""
    team = team_for(request.user, slug)
    return render(request, "outcomes/tags.html", {"meetup": team.meetup, "tags": queries.tag_lines(team.meetup)})


@require_safe
def tag(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the team one tag."""
    found, _ = team_tag_for(request.user, slug, number)
    return _page(request, found)


@require_POST
def into(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Merge a tag into another, or let it stand for itself again."""
    found, by = team_tag_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.part_tag(found, by=by, now=timezone.now())
        messages.success(request, gettext("##%(word)s stands for itself again.") % {"word": found.word})
        return redirect("outcomes:desk_tag", slug, number)
    form = MergeForm(request.POST)
    return _done(
        request,
        found,
        form,
        lambda now: actions.merge_tags(found, form.cleaned_data["into"], by=by, now=now),
        gettext("Merged."),
    )


@require_POST
def traces(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Note what became of a tag."""
    found, by = team_tag_for(request.user, slug, number)
    form = TraceForm(request.POST)
    return _done(
        request, found, form, lambda now: actions.note_trace(found, **form.cleaned_data, by=by, now=now), gettext("Noted.")
    )


@require_POST
def meant(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say whom a tag is meant for."""
    found, by = team_tag_for(request.user, slug, number)
    form = MeantForm(request.POST)
    return _done(
        request,
        found,
        form,
        lambda now: actions.mean_for(found, form.cleaned_data["meant_for"], by=by, now=now),
        gettext("Saved."),
    )


def _done(request: HttpRequest, found: Tag, form: PlainForm, deed: Callable[[datetime], object], said: str) -> HttpResponse:
    """Do it when the form can be used; else show the page with what is wrong."""
    if form.is_valid():
        try:
            deed(timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, said)
            return redirect("outcomes:desk_tag", found.meetup.slug, found.pk)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Tag, sent: PlainForm | None = None) -> HttpResponse:
    lines = queries.tag_lines(found.meetup)
    forms: dict[str, PlainForm] = {
        "merge": MergeForm(),
        "trace": TraceForm(),
        "meant": MeantForm(initial={"meant_for": found.meant_for}),
    }
    page: dict[str, object] = {name: sent if type(sent) is type(form) else form for name, form in forms.items()}
    page |= {"meetup": found.meetup, "one": next(line for line in lines if line.number == found.pk), "sent": sent}
    return render(request, "outcomes/desk_tag.html", page, status=422 if sent else 200)
