"""The organisers' page of lists."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.engines.maillist import About
from midcycle.kernel.refusal import Refusal
from midcycle.lists import actions, queries
from midcycle.lists.access import connections_for, list_of, organiser_for, posting_for
from midcycle.lists.forms import ListForm, PostingForm, SeenForm
from midcycle.lists.models import MailList
from midcycle.lists.transport import fetch
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers their lists, what was posted, and who of the meetup is on them as two numbers."""
    meetup, _ = organiser_for(request.user, slug)
    return render(request, "lists/desk.html", {"desk": queries.desk_of(meetup, today=timezone.now().date()), "meetup": meetup})


@require_http_methods(["GET", "POST"])
def new_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a list of the meetup or of its series."""
    meetup, by = organiser_for(request.user, slug)
    form = ListForm(connections_for(meetup), in_series=meetup.series_id is not None, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        naming = form.naming()
        try:
            about = actions.ask_about(meetup, naming.connection, fetch) if naming.connection else About("", "")
            found = actions.name_list(meetup, naming, about, by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            named = gettext("“%(name)s” is named, and stands on the meetup's page.") % {"name": found.title}
            messages.success(request, named)
            return redirect("lists:desk", slug)
    page = {"meetup": meetup, "form": form}
    return render(request, "lists/new_list.html", page, status=422 if form.errors else 200)


@require_POST
def removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a list away."""
    meetup, by = organiser_for(request.user, slug)
    found = list_of(meetup, number)
    said = gettext("“%(name)s” is taken away.") % {"name": found.title}
    _told(request, lambda: actions.drop_list(found, meetup, by=by, now=timezone.now()), said)
    return redirect("lists:desk", slug)


@require_POST
def comparison(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Compare who came with a list, once."""
    meetup, by = organiser_for(request.user, slug)
    found = list_of(meetup, number)
    by_file, at_once = (
        gettext("Send the link below to the list's keeper."),
        gettext("It is compared now. Look again in a minute."),
    )
    said = by_file if found.kind == "file" else at_once
    _told(request, lambda: actions.ask_for_comparison(found, meetup, by=by, now=timezone.now()), said)
    return redirect("lists:desk", slug)


@require_http_methods(["GET", "POST"])
def new_posting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write to a list about the meetup."""
    meetup, by = organiser_for(request.user, slug)
    found = list_of(meetup, number)
    form = PostingForm(request.POST or None, initial=dict(queries.first_words(meetup)))
    if request.method == "POST" and form.is_valid():
        try:
            posting = actions.draft_posting(found, meetup, by=by, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("lists:posting", slug, posting.pk)
    return _write(request, meetup, found, form)


@require_http_methods(["GET", "POST"])
def posting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a letter to a list before it goes out, and how it went; throw a draft away."""
    found, by = posting_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        deed = lambda: actions.discard_posting(found, by=by, now=timezone.now())  # noqa: E731 - one line beside its use
        if _told(request, deed, gettext("The draft is thrown away.")):
            return redirect("lists:desk", slug)
        return redirect("lists:posting", slug, number)
    return render(request, "lists/posting.html", queries.posting_page(found))


@require_http_methods(["GET", "POST"])
def posting_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a draft."""
    found, by = posting_for(request.user, slug, number)
    form = PostingForm(request.POST or None, initial={"subject": found.subject, "text": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_posting(found, by=by, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("lists:posting", slug, number)
    return _write(request, found.meetup, found.list, form)


@require_POST
def sending(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send a draft that was looked at."""
    found, by = posting_for(request.user, slug, number)
    seen = SeenForm(request.POST).seen()
    _told(request, lambda: actions.send_posting(found, seen, by=by, now=timezone.now()), gettext("It goes out now."))
    return redirect("lists:posting", slug, number)


def _write(request: HttpRequest, meetup: Meetup, found: MailList, form: PostingForm) -> HttpResponse:
    page = {"meetup": meetup, "list": found, "form": form}
    return render(request, "lists/write.html", page, status=422 if form.errors else 200)


def _told(request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, said)
    return True
