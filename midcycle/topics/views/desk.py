"""What organisers do with topics: how voices are counted, merging and splitting, and the planning pad."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.topics import actions, queries
from midcycle.topics.access import other_topic_of, own_topic_for, team_duplicate_for, team_topic_for
from midcycle.topics.forms import MethodForm, OtherForm, PadForm, SplitForm
from midcycle.topics.models import Topic
from midcycle.topics.rules import TIES
from midcycle.topics.rules.pad import pad_text
from midcycle.topics.views.listing import one
from midcycle.web.forms import PlainForm
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def voting(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how voices are counted, for the team."""
    meetup = organised_meetup_for(request.user, slug)
    form = MethodForm(queries.voting_of(meetup), request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        chosen = form.cleaned_data
        try:
            actions.choose_method(meetup, chosen["method"], dots=chosen["dots"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Saved. The list of topics says how voices are counted."))
            return redirect("topics:voting", slug)
    shown = {"meetup": meetup, "form": form, "ties": TIES.values()}
    return render(request, "topics/voting.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def pad(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a planning pad in, for the team: first show what it would become, then do it."""
    meetup = organised_meetup_for(request.user, slug)
    begun = queries.named_in_answers(meetup) if request.GET.get("from") == "answers" else ""
    form, preview = PadForm(request.POST or None, initial={"text": begun}), None
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        text = pad_text(form.cleaned_data["text"])
        if request.POST.get("do") == "import":
            try:
                done = actions.import_pad(meetup, text, by=request.user, now=timezone.now())
            except Refusal as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(request, _told(done))
                return redirect("topics:topics", slug)
        elif request.POST.get("do") == "show":
            preview = queries.pad_preview(meetup, text)
    shown = {"meetup": meetup, "form": form, "preview": preview}
    return render(request, "topics/pad.html", shown, status=422 if form.errors else 200)


@require_GET
def pad_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the team the planning pad as text, with what is known now."""
    meetup = organised_meetup_for(request.user, slug)
    text = queries.written_pad(meetup)
    name = f"{slugify(meetup.title) or 'topics'}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
def merging(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a topic become part of another, for the team."""
    found = team_topic_for(request.user, slug, number)
    form = OtherForm(queries.others_of(found), request.POST or None, label=gettext("Which topic is it the same as?"))

    def deed(person: Person) -> HttpResponse:
        into = other_topic_of(found, form.cleaned_data["other"])
        actions.merge(found, into, by=person, now=timezone.now())
        said = gettext("“%(title)s” is part of this topic now, with everybody who supported it. You can bring it back below.")
        messages.success(request, said % {"title": found.title})
        return redirect("topics:topic", slug, into.pk)

    return _done(request, found, form, deed, "topics/merging.html")


@require_POST
def bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a topic that was merged one of its own again, for the team."""
    found = team_duplicate_for(request.user, slug, number)
    try:
        actions.bring_back(found, by=request.user if isinstance(request.user, Person) else None, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        said = gettext("“%(title)s” is on the list again, with those who supported it.")
        messages.success(request, said % {"title": found.title})
    return redirect("topics:topic", slug, number)


@require_http_methods(["GET", "POST"])
def splitting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Split a topic into several, for the team."""
    found = team_topic_for(request.user, slug, number)
    form = SplitForm(request.POST or None, initial={"titles": found.title})

    def deed(person: Person) -> HttpResponse:
        actions.split(found, form.cleaned_data["titles"].splitlines(), by=person, now=timezone.now())
        messages.success(request, gettext("The topic is split. Look whether each part says what it is about."))
        return redirect("topics:topic", slug, number)

    return _done(request, found, form, deed, "topics/splitting.html")


@require_http_methods(["GET", "POST"])
def related(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say which topics belong near this one, for whoever proposed it and for organisers."""
    found = own_topic_for(request.user, slug, number)
    form = OtherForm(queries.others_of(found), request.POST or None)

    def deed(person: Person) -> HttpResponse:
        other = other_topic_of(found, form.cleaned_data["other"])
        change = actions.part_ways if method_of(request) == "DELETE" else actions.relate
        change(found, other, by=person, now=timezone.now())
        return redirect("topics:related", slug, number)

    return _done(request, found, form, deed, "topics/related.html")


def _done(
    request: HttpRequest, found: Topic, form: PlainForm, deed: Callable[[Person], HttpResponse], template: str
) -> HttpResponse:
    """Do the deed of a form about a topic, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            return deed(request.user)
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
    return render(request, template, {**one(request, found), "form": form}, status=422 if form.errors else 200)


def _told(done: actions.Imported) -> str:
    voices = ngettext("%(count)s voice", "%(count)s voices", done.voices) % {"count": done.voices}
    said = ngettext(
        "%(count)s topic is new on the list, with %(voices)s.",
        "%(count)s topics are new on the list, with %(voices)s.",
        done.topics,
    ) % {"count": done.topics, "voices": voices}
    if not done.refused:
        return said
    left = ngettext("For %(count)s more there was no dot left.", "For %(count)s more there was no dot left.", done.refused)
    return f"{said} {left % {'count': done.refused}}"
