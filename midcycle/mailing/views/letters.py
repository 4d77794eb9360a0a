"""The organiser's outbox, and the demo's inbox."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from midcycle.mailing import actions, queries
from midcycle.mailing.access import dead_address_for, organiser_for
from midcycle.mailing.forms import InboxFilter, PageFilter
from midcycle.meetups.access import organised_meetup_for


@require_GET
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser which letters went out."""
    meetup = organised_meetup_for(request.user, slug)
    outbox = queries.outbox(meetup, PageFilter(request.GET).number())
    page = {"outbox": outbox, "meetup": meetup, "waits": queries.is_waiting_for_mail()}
    return render(request, "mailing/letters.html", page)


@require_POST
def retry(request: HttpRequest, slug: str) -> HttpResponse:
    """Try failed letters again."""
    meetup, by = organiser_for(request.user, slug)
    count = actions.retry_failed(meetup, by=by, now=timezone.now())
    messages.success(request, tried_again(count))
    return redirect("mailing:letters", slug)


@require_POST
def write_again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let letters go again to somebody whose mailbox sent one back."""
    meetup, person, by = dead_address_for(request.user, slug, number)
    if actions.write_again(meetup, person, by=by, now=timezone.now()):
        said = gettext("Letters to %(name)s go out again. Those that failed can be tried again above.")
        messages.success(request, said % {"name": person})
    return redirect("mailing:letters", slug)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the demo's mail. Only a demo answers."""
    if not settings.MIDCYCLE.demo:
        raise Http404
    return render(request, "mailing/inbox.html", {"inbox": queries.inbox(InboxFilter(request.GET).wanted())})


def tried_again(count: int) -> str:
    """Return what to say once failed letters wait for another try."""
    return ngettext("1 letter will be tried again.", "%(count)s letters will be tried again.", count) % {"count": count}
