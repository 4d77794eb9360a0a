"""Pads to read, and the ticket that lets a browser write."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import issue
from midcycle.meetups.access import may_organise, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.pads import actions, queries
from midcycle.pads.access import (
    Writer,
    guest_for,
    held_part_for,
    key_of,
    may_take_away,
    may_take_part,
    may_tend,
    pad_for,
    published_pad_for,
    remembered_pad_for,
    role_of,
    tended_pad_for,
    ticket_of,
    today_at,
    writer_of,
    written_by,
)
from midcycle.pads.forms import (
    AtForm,
    GuestForm,
    ImportForm,
    NameForm,
    NameVersionForm,
    NamingForm,
    PadForm,
    SearchForm,
    VersionForm,
    WritersForm,
)
from midcycle.pads.models import Guest, Pad
from midcycle.pads.rules import TAKEN, USUAL_NAMING, may_write_in, pad_name
from midcycle.web.limits import Limit, origin_of
from midcycle.web.middleware import live_origin

FROM_ONE_PLACE: Final = Limit(120, 60)  # a whole room sits behind one address


@require_GET
def pads(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the pads of a meetup, or those that say what is looked for."""
    meetup = meetup_for(slug)
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "tag": ""}
    now = timezone.now()
    page = queries.pads_page(meetup, words=asked["q"], tag=asked["tag"], today=today_at(meetup, now))
    context = {"meetup": meetup, "page": page, "asked": asked, "who_writes": queries.who_writes_in(meetup, now=now)}
    organises = may_organise(request.user, meetup)
    context["has_guests"] = organises and meetup.stage == "archived" and bool(queries.guests_of(meetup))
    return render(request, "pads/pads.html", {**context, "organises": organises})


@require_GET
@gzip_page
def pad(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show a pad: readable at once, and to be written in by whoever may."""
    found = pad_for(slug, name)
    return _pad_page(request, found, GuestForm())


def _pad_page(request: HttpRequest, found: Pad, form: GuestForm) -> HttpResponse:
    meetup, live = found.meetup, settings.MIDCYCLE.live_url or live_origin(request)
    writer, parts = _writer(request, meetup), queries.parts_of(found)
    may_write = role_of(writer, found) == "write"
    is_open, knocks = may_write_in(meetup.stage), not isinstance(writer, Person) and not may_write
    context = {
        "meetup": meetup,
        "page": queries.read_pad(found),
        "parts": parts,
        "note_taker": queries.note_taker_of(parts),
        "writer": writer,
        "writer_key": key_of(writer),
        "may_write": may_write,
        "who_writes": "" if may_write else queries.who_writes_in(meetup, now=timezone.now()),
        "tends": is_open and may_tend(request.user, found),
        "takes_part": is_open and may_take_part(request.user, found),
        "takes_away": is_open and may_take_away(request.user, found),
        "live_url": f"{live.rstrip('/')}/live/pads/{found.pk}",
        "guest_form": form if knocks and role_of(Guest(meetup=meetup), found) == "write" and writer.pk is None else None,
    }
    return render(request, "pads/pad.html", context, status=422 if form.errors else 200)


@require_GET
@gzip_page
def reading(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a page what is new in a pad, beside the editor the `latest` that is committed; nothing when it has that."""
    newer = queries.latest_after if "latest" in request.GET else queries.newer_than
    page = newer(pad_for(slug, name), request.GET.get("have", ""))
    if page is None:
        return HttpResponse(status=204)
    return render(request, "pads/reading.html", {"page": page, "said_at": timezone.now()})


@require_GET
def markdown(request: HttpRequest, slug: str, name: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the pad as Markdown."""
    text = queries.text_of_pad(pad_for(slug, name))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@require_GET
def export(request: HttpRequest, slug: str, name: str, form: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give a pad as a file."""
    return _file(queries.written(pad_for(slug, name), form), form)


@require_GET
def export_all(request: HttpRequest, slug: str, form: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give all pads of a meetup as one file."""
    return _file(queries.everything(meetup_for(slug), form), form)


@require_GET
def archive(request: HttpRequest, slug: str) -> FileResponse:  # noqa: ARG001 - Django's signature
    """Give all pads of a meetup in every form, packed."""
    meetup = meetup_for(slug)
    return FileResponse(queries.archive_of(meetup), as_attachment=True, filename=f"{meetup.slug}-pads.zip")


@require_GET
def history(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show a version of a pad, who wrote what in it, and what had changed."""
    found = remembered_pad_for(request.user, slug, name)
    form = AtForm(request.GET)
    at = form.cleaned_data["at"] if form.is_valid() else None
    page = queries.history_of(found, at, by_line=bool(form.cleaned_data.get("lines")))
    tends = may_tend(request.user, found) and may_write_in(found.meetup.stage)
    names = may_organise(request.user, found.meetup) and queries.has_names_brought_in(found)
    wrote = isinstance(request.user, Person) and queries.wrote_in(found.meetup, request.user)
    context = {"meetup": found.meetup, "page": page, "tends": tends, "names": names, "wrote": wrote}
    return render(request, "pads/history.html", context)


@require_POST
def forget_me(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take the visitor's own name from all they wrote in the pads of a meetup."""
    found = remembered_pad_for(request.user, slug, name)
    actions.forget_writer(found.meetup_id, str(request.user.pk), now=timezone.now())
    messages.success(request, "Your name is gone from the pads; the text stays.")
    return redirect("pads:history", slug, name)


@require_POST
def name_version(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a version a name."""
    found = tended_pad_for(request.user, slug, name)
    form = NameVersionForm(request.POST)
    if form.is_valid() and isinstance(request.user, Person):
        asked, by = form.cleaned_data, request.user
        _told(request, lambda: actions.name_version(found, asked["seq"], asked["name"], by=by, now=timezone.now()))
    else:
        messages.error(request, "Type a name of at most 80 characters.")
    return redirect("pads:history", slug, name)


@require_POST
def restore(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Bring a version back, as an edit."""
    found = tended_pad_for(request.user, slug, name)
    form = VersionForm(request.POST)
    if form.is_valid() and isinstance(request.user, Person):
        asked, by = form.cleaned_data, request.user
        _told(request, lambda: actions.restore(found, asked["seq"], by=by, now=timezone.now()))
    return redirect("pads:history", slug, name)


@require_POST
def lock(request: HttpRequest, slug: str, name: str, deed: Callable[..., str]) -> HttpResponse:
    """Lock a pad, or unlock it."""
    found = tended_pad_for(request.user, slug, name)
    if isinstance(request.user, Person):
        by = request.user
        _told(request, lambda: deed(found, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_POST
def ticket(request: HttpRequest, slug: str, name: str) -> JsonResponse:
    """Give a ticket for the live server, good for a minute."""
    found = pad_for(slug, name)
    writer = _writer(request, found.meetup)
    if isinstance(writer, AnonymousUser):
        raise Http404
    return JsonResponse({"ticket": issue(settings.SECRET_KEY, ticket_of(writer, found))})


@require_POST
def let_guest_in(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Let somebody write who is not signed in and gives a name."""
    found = pad_for(slug, name)
    form = GuestForm(request.POST)
    if form.is_valid() and _writer(request, found.meetup).pk is None:
        if FROM_ONE_PLACE.wait(origin_of(request)):
            form.add_error(None, "Many guests came from your network just now. Try again in a minute.")
            return _pad_page(request, found, form)
        try:
            guest = actions.let_guest_in(found.meetup, form.cleaned_data["name"], now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            request.session[_kept_as(found.meetup)] = guest.pk.hex
    if form.errors:
        return _pad_page(request, found, form)
    return redirect("pads:pad", slug, name)


@require_POST
def publish(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Publish what a pad says now."""
    found = tended_pad_for(request.user, slug, name)
    if isinstance(request.user, Person):
        by = request.user
        _told(request, lambda: actions.publish(found, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_GET
def published(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show what a pad said when it was published."""
    page = queries.published_of(published_pad_for(slug, name))
    return render(request, "pads/published.html", {"meetup": page.pad.meetup, "page": page})


@require_POST
def take_part(request: HttpRequest, slug: str, name: str, part: str) -> HttpResponse:
    """Take up note-taking or publishing."""
    found = pad_for(slug, name)
    if not may_take_part(request.user, found) or part not in TAKEN or not isinstance(request.user, Person):
        raise Http404
    by = request.user
    _told(request, lambda: actions.take_part(found, part, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_POST
def end_part(request: HttpRequest, slug: str, name: str, part: str) -> HttpResponse:
    """End note-taking or publishing, one's own or somebody's."""
    found, held = held_part_for(request.user, slug, name, part)
    if isinstance(request.user, Person):
        by = request.user
        _told(request, lambda: actions.end_part(found, held, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_http_methods(["GET", "POST"])
def writers(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who writes in the pads of a meetup, and see its guests."""
    meetup = organised_meetup_for(request.user, slug)
    setup = queries.setup_of(meetup)
    form = WritersForm(request.POST or None, initial={"guests": setup.guests, "open_until": setup.open_until})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.say_who_writes(meetup, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, queries.who_writes_in(meetup, now=timezone.now()))
            return redirect("pads:pads", slug)
    context = {"form": form, "meetup": meetup, "guests": queries.guests_of(meetup)}
    return render(request, "pads/writers.html", context, status=422 if form.errors else 200)


@require_POST
def end_guest(request: HttpRequest, slug: str, guest: UUID, deed: Callable[..., str]) -> HttpResponse:
    """Put a guest out, or take their name away."""
    found = guest_for(request.user, slug, guest)
    if isinstance(request.user, Person):
        by = request.user
        _told(request, lambda: deed(found, by=by, now=timezone.now()))
    return redirect("pads:writers", slug)


@require_GET
def words(request: HttpRequest, slug: str, name: str) -> JsonResponse:
    """Give the editor what it proposes while somebody types, and who wrote what."""
    found = pad_for(slug, name)
    return JsonResponse(asdict(queries.words_for(written_by(_writer(request, found.meetup), found))))


@require_http_methods(["GET", "POST"])
def open_pad(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a pad that belongs to no session."""
    meetup = organised_meetup_for(request.user, slug)
    form = PadForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.open_pad(meetup, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("pads:pad", slug, form.cleaned_data["name"])
    return render(request, "pads/open.html", {"form": form, "meetup": meetup})


@require_POST
def open_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the pads of all sessions that have none."""
    meetup = organised_meetup_for(request.user, slug)
    opened = actions.open_pads(meetup, by=request.user if isinstance(request.user, Person) else None, now=timezone.now())
    messages.success(request, f"{opened} pads opened." if opened != 1 else "One pad opened.")
    return redirect("pads:pads", slug)


@require_http_methods(["GET", "POST"])
def naming(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how new pads are named."""
    meetup = organised_meetup_for(request.user, slug)
    form = NamingForm(request.POST or None, initial={"naming": queries.naming_of(meetup) or USUAL_NAMING})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.name_pads(meetup, form.cleaned_data["naming"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            example = pad_name(meetup.city, "Upgrades without downtime", (), form.cleaned_data["naming"])
            messages.success(request, f"New pads are named like {example}.")
            return redirect("pads:pads", slug)
    return render(request, "pads/naming.html", {"form": form, "meetup": meetup}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring notes in from elsewhere, into new pads."""
    meetup = organised_meetup_for(request.user, slug)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            made = actions.take_over(meetup, form.cleaned_data["found"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _told_of(made, queries.with_history(made)))
            return redirect("pads:pads", slug) if len(made) != 1 else redirect("pads:pad", slug, made[0].name)
    return render(request, "pads/import.html", {"form": form, "meetup": meetup}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the names that came with notes from elsewhere, and take one away."""
    meetup = organised_meetup_for(request.user, slug)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        asked, by = form.cleaned_data["name"], request.user
        _told(request, lambda: actions.take_name_away(meetup, asked, by=by, now=timezone.now()))
        return redirect("pads:names", slug)
    return render(request, "pads/names.html", {"meetup": meetup, "names": queries.names_brought_in(meetup)})


def _writer(request: HttpRequest, meetup: Meetup) -> Writer:
    """Return who writes from this browser."""
    return writer_of(request.user, request.session.get(_kept_as(meetup), ""), meetup)


def _kept_as(meetup: Meetup) -> str:
    return f"pads_guest_{meetup.pk}"


def _told_of(made: Sequence[Pad], past: int) -> str:
    """Return what to say of pads that were brought in, so many of them with their past."""
    if len(made) == 1:
        return f"{made[0].title} brought in{' with its history' if past else ''}."
    return f"{len(made)} pads brought in{f', {past} of them with their history' if past else ''}."


def _told(request: HttpRequest, deed: Callable[[], str]) -> None:
    """Do it, and say what was done or why it was not."""
    try:
        messages.success(request, deed())
    except Refusal as refusal:
        messages.error(request, refusal.message)


def _file(written: queries.Written, form: str) -> HttpResponse:
    answer = HttpResponse(written.data, content_type=written.kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{written.name}.{form}"'
    return answer
