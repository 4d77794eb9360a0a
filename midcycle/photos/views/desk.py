"""The team's pages: how pictures are taken in, what waits, who asked to take something down, one picture."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.agenda import actions as agenda
from midcycle.engines.tickets import qr_svg
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.photos import actions, queries
from midcycle.photos.access import gallery_of, link_key, organised_photo_for
from midcycle.photos.forms import DescribeForm, GalleryForm, ticked
from midcycle.photos.models import Photo
from midcycle.photos.queries.desk import GROUP_PHOTO
from midcycle.photos.views.common import chosen_session, doer, told_in
from midcycle.web.requests import method_of


@never_cache
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team what waits for them; say how pictures are taken in."""
    meetup = organised_meetup_for(request.user, slug)
    form = GalleryForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        with told_in(form):
            actions.set_up(meetup, **form.cleaned_data, by=doer(request), now=timezone.now())
        if not form.errors:
            messages.success(request, gettext("Saved."))
            return redirect("photos:desk", slug)
    return _desk(request, meetup, form)


@require_POST
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the link of the day, or take it back."""
    meetup = organised_meetup_for(request.user, slug)
    if method_of(request) == "DELETE":
        actions.take_link_back(meetup, by=doer(request), now=timezone.now())
        messages.success(request, gettext("The link is taken back. Who came by it sends nothing more."))
    else:
        actions.make_link(meetup, by=doer(request), now=timezone.now())
        messages.success(request, gettext("Show this link, or its code, on the wall. Whoever has it can send pictures."))
    return redirect(f"{reverse('photos:desk', args=[slug])}#link")


@require_POST
def group_photo(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the group photo to the sessions of the agenda."""
    meetup = organised_meetup_for(request.user, slug)
    agenda.add_session(meetup, GROUP_PHOTO, format="plenary", for_all=True, by=doer(request), now=timezone.now())
    messages.success(request, gettext("The group photo is a session now. Give it a place on the board, best before a break."))
    return redirect("photos:desk", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the team a picture, and change what it is said to show."""
    found = organised_photo_for(request.user, slug, number)
    form = None
    if request.method == "POST":
        form = DescribeForm(queries.albums_of(found.gallery.meetup), request.POST)
        if form.is_valid():
            with told_in(form):
                said = form.cleaned_data
                session = chosen_session(found.gallery.meetup, said["session"])
                actions.describe(found, said["caption"], said["credit"], session, by=doer(request), now=timezone.now())
        if not form.errors:
            messages.success(request, gettext("Saved."))
            return redirect("photos:one", slug, number)
    return _photo(request, found, form)


@require_POST
def publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish a picture, or take it off the public pages."""
    found = organised_photo_for(request.user, slug, number)
    deed = actions.take_off if method_of(request) == "DELETE" else actions.publish
    deed(found, by=doer(request), now=timezone.now())
    return redirect("photos:desk", slug)


@require_POST
def publications(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the pictures that are ticked and still wait, all at once."""
    meetup = organised_meetup_for(request.user, slug)
    chosen = ticked(request.POST)
    if chosen:
        count = actions.publish_many(meetup, chosen, by=doer(request), now=timezone.now())
        messages.success(request, ngettext("%(number)s published", "%(number)s published", count) % {"number": count})
    else:
        messages.error(request, gettext("Tick the pictures to publish first."))
    return redirect(f"{reverse('photos:desk', args=[slug])}#waiting")


@require_POST
def place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a picture within its album."""
    found = organised_photo_for(request.user, slug, number)
    places = {"first": -10_000, "up": -1, "down": 1, "last": 10_000}.get(request.POST.get("move", ""), 0)
    actions.move(found, places, by=doer(request), now=timezone.now())
    return redirect("photos:one", slug, number)


@require_POST
def removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Delete a picture for good."""
    found = organised_photo_for(request.user, slug, number)
    actions.delete(found, by=doer(request), now=timezone.now())
    messages.success(request, gettext("The picture is deleted, in every size."))
    return redirect("photos:desk", slug)


@require_POST
def answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Answer who asked to take a picture down: it is shown again."""
    found = organised_photo_for(request.user, slug, number)
    actions.show_again(found, by=doer(request), now=timezone.now())
    messages.success(
        request, gettext("The picture is shown. Who asks again is told that you looked at it; you hear of it each time.")
    )
    return redirect("photos:desk", slug)


def _desk(request: HttpRequest, meetup: Meetup, form: GalleryForm | None) -> HttpResponse:
    page, gallery = queries.desk_page(meetup, request.GET.get("page", "")), gallery_of(meetup)
    known = {"is_open": gallery.is_open, "needs_approval": gallery.needs_approval, "licence": gallery.licence}
    shown: dict[str, object] = {"meetup": meetup, "page": page, "form": form or GalleryForm(initial=known)}
    if gallery.link:
        address = request.build_absolute_uri(reverse("photos:by_link", args=[meetup.slug, link_key(gallery)]))
        shown |= {"address": address, "qr": qr_svg(address, gettext("The link of the day as a QR code"))}
    return render(request, "photos/desk.html", shown, status=422 if form else 200)


def _photo(request: HttpRequest, found: Photo, form: DescribeForm | None) -> HttpResponse:
    page = queries.one_page(found)
    known = {"caption": found.caption, "session": found.session_id, "credit": found.credit}
    shown = {"meetup": found.gallery.meetup, "page": page, "form": form or DescribeForm(page.albums, initial=known)}
    return render(request, "photos/one.html", shown, status=422 if form else 200)
