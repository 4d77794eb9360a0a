"""How many seats there are and for whom, and how many will come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries
from midcycle.registration.access import past_share_for
from midcycle.registration.forms import LimitsForm, QuotaForm, QuotaGoneForm, ShareForm, WhatIfForm
from midcycle.registration.views.common import organised, said, told


@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest, slug: str) -> HttpResponse:
    """Set how many seats there are, how many people are wanted and how many the room takes."""
    meetup, by = organised(request, slug)
    form = LimitsForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        promoted = said(form, lambda: actions.plan_seats(meetup, **form.cleaned_data, by=by, now=timezone.now()))
        if promoted is not None:
            messages.success(request, _saved(promoted))
            return redirect("registration:capacity", slug)
    return _page(request, meetup, limits=form)


@require_POST
def quotas(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a quota."""
    meetup, by = organised(request, slug)
    form = QuotaForm(request.POST)
    if form.is_valid():
        promoted = said(form, lambda: actions.set_quota(meetup, *form.quota(), by=by, now=timezone.now()))
        if promoted is not None:
            messages.success(request, _saved(promoted))
            return redirect("registration:capacity", slug)
    return _page(request, meetup, quota=form)


@require_POST
def quota_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a quota away."""
    meetup, by = organised(request, slug)
    form = QuotaGoneForm(request.POST)
    if form.is_valid():
        kind, value = form.cleaned_data["kind"], form.cleaned_data["value"]
        told(request, lambda: actions.set_quota(meetup, kind, value, None, by=by, now=timezone.now()))
    return redirect("registration:capacity", slug)


@require_POST
def shares(request: HttpRequest, slug: str) -> HttpResponse:
    """Note how many came to an edition elsewhere."""
    meetup, by = organised(request, slug)
    form = ShareForm(request.POST)
    if form.is_valid():
        share = said(form, lambda: actions.tell_share(meetup, **form.cleaned_data, by=by, now=timezone.now()))
        if share is not None:
            return redirect("registration:capacity", slug)
    return _page(request, meetup, share=form)


@require_POST
def share_gone(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back what was told of an edition elsewhere."""
    share = past_share_for(request.user, slug, number)
    _, by = organised(request, slug)
    told(request, lambda: actions.forget_share(share, by=by, now=timezone.now()))
    return redirect("registration:capacity", slug)


def _page(
    request: HttpRequest,
    meetup: Meetup,
    *,
    limits: LimitsForm | None = None,
    quota: QuotaForm | None = None,
    share: ShareForm | None = None,
) -> HttpResponse:
    """Show the page, with a form as it was typed when that was wrong."""
    page = queries.limits_page(meetup, asked=WhatIfForm(request.GET).asked())
    kept = {"total": page.summary.total or None, "planned": page.planned, "room": page.room}
    wrong = any(form is not None and form.errors for form in (limits, quota, share))
    shown = {
        "page": page,
        "meetup": meetup,
        "limits": limits or LimitsForm(initial=kept),
        "quota": quota or QuotaForm(),
        "share": share or ShareForm(),
    }
    return render(request, "registration/capacity.html", shown, status=422 if wrong else 200)


def _saved(promoted: int) -> str:
    if not promoted:
        return gettext("Saved.")
    told = ngettext(
        "Saved. %(count)s from the waitlist got a seat.", "Saved. %(count)s from the waitlist got a seat.", promoted
    )
    return told % {"count": promoted}
