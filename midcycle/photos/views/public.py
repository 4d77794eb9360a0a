"""What everybody sees: the gallery, one picture, its files; and how to have one taken down."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.engines.pictures import SIZES
from midcycle.meetups.access import may_organise, meetup_for
from midcycle.photos import actions, queries
from midcycle.photos.access import file_for, may_send, public_photo_for
from midcycle.photos.forms import TakedownForm
from midcycle.photos.rules import takes_pictures
from midcycle.photos.shelf import shelf
from midcycle.photos.views.common import told_in
from midcycle.web.limits import Limit, origin_of
from midcycle.web.requests import show

FROM_ONE_PLACE: Final = Limit(20, 60 * 60)  # a whole room sits behind one address; beyond, the team is asked
_TYPES: Final = {size.file: size.media_type for size in SIZES.values()}


@require_GET
def gallery(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published pictures, by album."""
    meetup = meetup_for(slug)
    show(request, meetup)
    page = queries.gallery_page(meetup, request.GET.get("album", ""), request.GET.get("page", ""))
    adds = takes_pictures(meetup.stage) and may_send(request.user, meetup)
    return render(request, "photos/gallery.html", {"meetup": meetup, "page": page, "adds": adds})


@require_GET
def photo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one picture. One that somebody asked to take down is gone: 410 says so."""
    found = public_photo_for(slug, number)
    if found.state == "hidden":
        return render(request, "photos/hidden.html", {"meetup": found.gallery.meetup}, status=410)
    organises = may_organise(request.user, found.gallery.meetup)
    shown = {"meetup": found.gallery.meetup, "page": queries.photo_page(found), "organises": organises}
    return render(request, "photos/photo.html", shown)


@require_GET
def file(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """Give a size of a picture. Browsers ask each time whether it is still shown, and get it once."""
    if name not in _TYPES:
        raise Http404
    found = file_for(request.user, slug, key, request.session)
    path, tag = shelf().folder(found.gallery.meetup_id, found.key) / name, f'"{found.key}-{name}"'
    unchanged = get_conditional_response(request, etag=tag)
    try:
        answer = unchanged or HttpResponse(path.read_bytes(), content_type=_TYPES[name])
    except OSError:
        raise Http404 from None
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "no-cache" if found.state == "published" else "private, no-cache"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}-{found.pk}.{name.rpartition(".")[2]}"'
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def takedown(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let anybody ask to take a picture down, without an account, and without saying who they are."""
    found = public_photo_for(slug, number)
    if found.state == "hidden":
        return render(request, "photos/hidden.html", {"meetup": found.gallery.meetup}, status=410)
    form = TakedownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        often = bool(FROM_ONE_PLACE.wait(f"{origin_of(request)} {found.gallery_id}"))
        with told_in(form):
            is_hidden = actions.ask_away(found, form.cleaned_data["reason"], often_from_here=often, now=timezone.now())
            messages.success(request, gettext(_HIDDEN) if is_hidden else gettext(_ASKED))
            return redirect("photos:gallery", slug)
    shot = queries.shot_of(found, slug)
    shown = {"meetup": found.gallery.meetup, "shot": shot, "form": form, "was_kept": found.kept_at is not None}
    return render(request, "photos/takedown.html", shown, status=422 if form.errors else 200)


_HIDDEN: Final = gettext_noop("Nobody sees this picture any more. The team looks at it, and deletes it or says why it stays.")
_ASKED: Final = gettext_noop("Thank you. The team is asked to look at this picture; until then it stays.")
