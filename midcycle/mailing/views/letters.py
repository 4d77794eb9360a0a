"""The organiser's outbox, and the demo's inbox."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from midcycle.accounts.models import Person
from midcycle.mailing import actions, queries
from midcycle.mailing.forms import InboxFilter, PageFilter
from midcycle.meetups.access import organised_meetup_for


@require_GET
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser which letters went out."""
    meetup = organised_meetup_for(request.user, slug)
    outbox = queries.outbox(meetup, PageFilter(request.GET).number())
    waits = not settings.MIDCYCLE.demo and not settings.MIDCYCLE.mail_url
    return render(request, "mailing/letters.html", {"outbox": outbox, "meetup": meetup, "waits": waits})


@require_POST
def retry(request: HttpRequest, slug: str) -> HttpResponse:
    """Try failed letters again."""
    meetup = organised_meetup_for(request.user, slug)
    if not isinstance(request.user, Person):
        raise Http404
    count = actions.retry_failed(meetup, by=request.user, now=timezone.now())
    messages.success(request, f"{count} letters will be tried again.")
    return redirect("mailing:letters", slug)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the demo's mail. Only a demo answers."""
    if not settings.MIDCYCLE.demo:
        raise Http404
    return render(request, "mailing/inbox.html", {"inbox": queries.inbox(InboxFilter(request.GET).wanted())})
