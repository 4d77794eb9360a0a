"""Sending pictures: who may, by which name, the form for browsers without the script, and one's own pictures."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.photos import actions, queries
from midcycle.photos.access import contributor_for, kept_as, linked_gallery_for, own_photo_for, sending_to
from midcycle.photos.forms import DescribeForm, SenderForm, SendForm
from midcycle.photos.models import Contributor, Photo
from midcycle.photos.rules import MOST_BYTES, MOST_BYTES_PLAIN
from midcycle.photos.shelf import shelf
from midcycle.photos.views.common import chosen_session, doer, person_or_none, told_in
from midcycle.web.limits import Limit, origin_of
from midcycle.web.requests import method_of, sign_in_first, wants_fragment

FROM_ONE_PLACE: Final = Limit(120, 60)  # a whole room sits behind one address
_SIGN_IN: Final = gettext_noop("Sign in with the address you registered with, to send pictures.")
_TOO_LARGE: Final = gettext_noop("Without a script we take %(most)s MB at most. Choose a smaller picture.")


@never_cache
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how to send pictures and those sent; take one that comes with the form."""
    if not isinstance(request.user, Person) and not request.session.get(kept_as(slug)):
        return sign_in_first(request, request.path, why=gettext(_SIGN_IN))
    meetup, sender = sending_to(request.user, slug, request.session)
    if request.method != "POST":
        return _page(request, meetup, sender)
    sender = contributor_for(request.user, slug, request.session)
    form = SendForm(queries.albums_of(meetup), request.POST, files=request.FILES)
    if form.is_valid() and form.cleaned_data["file"].size > MOST_BYTES_PLAIN:
        form.add_error("file", gettext(_TOO_LARGE) % {"most": MOST_BYTES_PLAIN // 1024 // 1024})
    if form.is_valid():
        with told_in(form):
            session = chosen_session(meetup, form.cleaned_data["session"])
            content, caption = form.cleaned_data["file"].read(), form.cleaned_data["caption"]
            actions.send_whole(sender, content, caption=caption, session=session, shelf=shelf(), now=timezone.now())
    if form.errors:
        return _page(request, meetup, sender, send_form=form)
    messages.success(request, gettext("Your picture is here. It is prepared now, which takes a moment."))
    return redirect("photos:send", slug)


@require_POST
def sender(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to send pictures, or say by which name from now on."""
    meetup, known = sending_to(request.user, slug, request.session)
    form = SenderForm(request.POST)
    if form.is_valid():
        with told_in(form):
            actions.join(meetup, form.cleaned_data["credit"], by=doer(request), now=timezone.now())
    return _page(request, meetup, known, sender_form=form) if form.errors else redirect("photos:send", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let somebody send pictures who has the link of the day, without an account."""
    gallery = linked_gallery_for(slug, key)
    if isinstance(request.user, Person) or request.session.get(kept_as(slug)):
        return redirect("photos:send", slug)
    form = SenderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            if FROM_ONE_PLACE.wait(origin_of(request)):
                form.add_error(None, gettext("Many people came from your network just now. Try again in a minute."))
            else:
                made = actions.join_by_link(gallery, form.cleaned_data["credit"], now=timezone.now())
                request.session[kept_as(slug)] = made.pk
                return redirect("photos:send", slug)
    page = queries.sending_page(gallery.meetup, None, upload_url="")
    shown = {"meetup": gallery.meetup, "page": page, "sender_form": form, "is_link": True}
    return render(request, "photos/send.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one's own picture, say what it shows, or delete it."""
    found = own_photo_for(request.user, slug, number, request.session)
    if method_of(request) == "DELETE":
        actions.delete(found, by=person_or_none(request), now=timezone.now())
        return HttpResponse() if wants_fragment(request) else redirect("photos:send", slug)
    albums = queries.albums_of(found.gallery.meetup)
    form = DescribeForm(
        albums, request.POST if request.method == "POST" else None, initial=_known(found), prefix=f"photo{number}"
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            said = form.cleaned_data
            session = chosen_session(found.gallery.meetup, said["session"])
            by = person_or_none(request)
            found = actions.offer(found, said["caption"], said["credit"], session, by=by, now=timezone.now())
    if request.method == "POST" and not form.errors and not wants_fragment(request):
        return redirect(f"{reverse('photos:send', args=[slug])}#photo-{number}")
    template = "photos/_item.html" if wants_fragment(request) else "photos/own.html"
    shown = {"meetup": found.gallery.meetup, "own": queries.own_shot(found), "form": form}
    return render(request, template, shown, status=422 if form.errors else 200)


def _known(photo: Photo) -> dict[str, object]:
    return {"caption": photo.caption, "session": photo.session_id, "credit": photo.credit}


def _page(
    request: HttpRequest,
    meetup: Meetup,
    sender: Contributor | None,
    *,
    send_form: SendForm | None = None,
    sender_form: SenderForm | None = None,
) -> HttpResponse:
    page = queries.sending_page(meetup, sender, upload_url=reverse("photos:uploads", args=[meetup.slug]))
    known = {"credit": sender.credit if sender else str(request.user) if isinstance(request.user, Person) else ""}
    forms = [(own, DescribeForm(page.albums, initial=_known(own.photo), prefix=f"photo{own.photo.pk}")) for own in page.own]
    shown = {
        "meetup": meetup,
        "page": page,
        "owns": forms,
        "most": MOST_BYTES,
        "unfinished": [{"url": one.url, "length": one.length, "print": one.known_by} for one in page.unfinished],
        "send_form": send_form or SendForm(page.albums),
        "sender_form": sender_form or SenderForm(initial=known),
    }
    return render(request, "photos/send.html", shown, status=422 if send_form or sender_form else 200)
