"""The team's pages of underwriters, and the public page that thanks them."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.engines.documents import NotPrinted
from midcycle.funding import actions, queries
from midcycle.funding.access import underwriter_for
from midcycle.funding.forms import AddForm, ContactForm, UnderwriterForm
from midcycle.funding.forms.underwriters import as_saved
from midcycle.funding.models import Underwriter
from midcycle.funding.rules.underwriting import STATES_WITHIN
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for, organised_meetup_for
from midcycle.web.personal import personal
from midcycle.web.requests import method_of

_log = logging.getLogger("midcycle.paper")


@require_GET
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank the underwriters in public."""
    meetup = meetup_for(slug)
    shown = {"meetup": meetup, "thanked": queries.thanked(meetup), "is_published": queries.balance_is_published(meetup)}
    return render(request, "funding/thanks.html", shown)


@require_http_methods(["GET", "POST"])
def underwriters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team who was asked and where it stands, and add one more."""
    meetup = organised_meetup_for(request.user, slug)
    form = AddForm(request.POST or None, initial={"currency": queries.home_currency(meetup)})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        state = form.cleaned_data["state"]
        try:
            made = actions.add_underwriter(meetup, form.details(), state=state, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            said = gettext("%(name)s is on the list: %(state)s.")
            messages.success(request, said % {"name": made.name, "state": gettext(STATES_WITHIN[made.state])})
            return redirect("funding:underwriters", slug)
    shown = {"meetup": meetup, "pipeline": queries.pipeline(meetup, timezone.now().date()), "form": form}
    return render(request, "funding/underwriters.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST", "DELETE"])
def underwriter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one to the team, change it, or take it off the list."""
    found = underwriter_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    if method_of(request) == "DELETE":
        return _removed(request, found, request.user)
    team = queries.team(found.meetup)
    form = UnderwriterForm(found, request.POST or None, team=team)
    saved: tuple[tuple[str, str], ...] = ()
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            actions.change_underwriter(found, form.details(), seen=seen, by=request.user, now=timezone.now())
        except actions.Stale as stale:
            found = underwriter_for(request.user, slug, number)
            form = UnderwriterForm(found, {**_typed(request), "version": found.version}, team=team)
            form.add_error(None, stale.message)
            saved = as_saved(found)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("What is known of %(name)s is saved.") % {"name": found.name})
            return redirect("funding:underwriter", slug, number)
    return _page(request, found, form, saved=saved)


@require_POST
def moves(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Note that one has come to another state."""
    found = underwriter_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    try:
        actions.move_underwriter(found, request.POST.get("state", "")[:10], by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        said = gettext("%(name)s: %(state)s.")
        messages.success(request, said % {"name": found.name, "state": gettext(STATES_WITHIN[found.state])})
    return redirect("funding:underwriter", slug, number)


@require_POST
def contacts(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Note that somebody spoke with one."""
    found = underwriter_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    form = ContactForm(request.POST, today=timezone.now().date())
    if form.is_valid():
        try:
            actions.note_contact(found, form.spoken(), by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Noted."))
            return redirect("funding:underwriter", slug, number)
    return _page(request, found, UnderwriterForm(found, team=queries.team(found.meetup)), contact=form)


@require_GET
@personal
def contract(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the team the letter both sides sign as PDF."""
    found = underwriter_for(request.user, slug, number)
    try:
        paper = queries.contract_letter(found, now=timezone.now())
    except NotPrinted as failure:
        _log.warning("not printed: %s", failure)
        messages.error(request, gettext("The press stopped: the server was short of memory or time. Try again in a minute."))
        return redirect("funding:underwriter", slug, number)
    name = f"{found.meetup.slug}-underwriter-{found.pk}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(paper.pdf, content_type="application/pdf", headers=disposition)


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return what was typed, lists where there may be several."""
    return {name: request.POST.getlist(name) if name == "recognitions" else request.POST[name] for name in request.POST}


def _removed(request: HttpRequest, found: Underwriter, by: Person) -> HttpResponse:
    try:
        actions.remove(found, by=by, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("funding:underwriter", found.meetup.slug, found.pk)
    messages.success(request, gettext("%(name)s is off the list.") % {"name": found.name})
    return redirect("funding:underwriters", found.meetup.slug)


def _page(
    request: HttpRequest,
    found: Underwriter,
    form: UnderwriterForm,
    *,
    contact: ContactForm | None = None,
    saved: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    shown = {
        "meetup": found.meetup,
        "page": queries.underwriter_page(found),
        "form": form,
        "contact": contact or ContactForm(today=timezone.now().date()),
        "saved": saved,
    }
    wrong = form.errors or (contact is not None and contact.errors)
    return render(request, "funding/underwriter.html", shown, status=422 if wrong else 200)
