"""Bids: reading one, writing its sections, handing it in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.bidding import actions, queries
from midcycle.bidding.access import bid_for, editor_for, own_bid_for
from midcycle.bidding.forms import EditorForm, SectionForm, TextForm
from midcycle.bidding.models import Bid
from midcycle.bidding.rules import SECTIONS, Section, changed_fields, section_after, section_of, told
from midcycle.bidding.views.common import LETTERS, doer, told_in, wait_a_while
from midcycle.kernel.zones import countries_in_words
from midcycle.web.requests import method_of


@never_cache
@require_GET
def bid(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a bid."""
    now = timezone.now()
    found, standing = bid_for(request.user, slug, number, now=now)
    page = queries.bid_page(found, standing, now=now)
    shown = {"meetup": found.call.meetup, "call": found.call, "bid": found, "page": page}
    return render(
        request, "bidding/bid.html", shown | {"question": TextForm(), "answer_form": TextForm(label=gettext("Answer"))}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Write a section. What two people wrote at once is shown to the second one, who saves again."""
    found, _ = own_bid_for(request.user, slug, number, now=timezone.now())
    part = section_of(key)
    if part is None:
        raise Http404
    seen = found.versions.get(key, 0)
    if request.method != "POST":
        return _section(request, found, part, SectionForm(part, found.answers, seen))
    form = SectionForm(part, found.answers, seen, request.POST)
    if not form.is_valid():
        return _section(request, found, part, form)
    try:
        with told_in(form):
            actions.save_section(
                found, part, form.answers(), seen=form.cleaned_data["seen"], by=doer(request), now=timezone.now()
            )
    except actions.ChangedMeanwhile as refusal:
        return _both(request, found, part, form, refusal.message)
    if form.errors:
        return _section(request, found, part, form)
    return _saved(request, found, part)


def _saved(request: HttpRequest, found: Bid, part: Section) -> HttpResponse:
    messages.success(request, gettext("Saved: %(section)s.") % {"section": part.title_told})
    slug, following = found.call.meetup.slug, section_after(part.key)
    if request.POST.get("then") == "next" and following is not None:
        return redirect("bidding:section", slug, found.pk, following.key)
    return redirect("bidding:bid", slug, found.pk)


def _section(request: HttpRequest, found: Bid, part: Section, form: SectionForm) -> HttpResponse:
    shown = {"meetup": found.call.meetup, "bid": found, "section": part, "sections": SECTIONS, "form": form}
    return render(request, "bidding/section.html", shown, status=422 if form.errors else 200)


def _both(request: HttpRequest, found: Bid, part: Section, form: SectionForm, why: str) -> HttpResponse:
    """Show what somebody else saved beside what was typed; the next save is over that."""
    found.refresh_from_db()
    theirs = [
        (field.label_told, told(field, found.answers.get(field.key), countries_in_words()))
        for field in changed_fields(part, form.answers(), found.answers)
    ]
    typed = request.POST.copy()
    typed["seen"] = str(found.versions.get(part.key, 0))
    again = SectionForm(part, found.answers, found.versions.get(part.key, 0), typed)
    again.is_valid()
    shown = {"meetup": found.call.meetup, "bid": found, "section": part, "sections": SECTIONS, "form": again}
    other = {"theirs": theirs, "why": why, "by": str(found.changed_by), "at": found.changed_at}
    return render(request, "bidding/section.html", shown | other, status=409)


@require_POST
def handing_in(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand a bid in, or take it back."""
    found, _ = own_bid_for(request.user, slug, number, now=timezone.now())
    if method_of(request) == "DELETE":
        actions.take_back(found, by=doer(request), now=timezone.now())
        messages.success(request, gettext("Your bid is a draft again. Hand it in before the deadline, or it does not count."))
    else:
        actions.hand_in(found, by=doer(request), now=timezone.now())
        messages.success(request, gettext("Your bid is handed in. Until the deadline you can take it back and change it."))
    return redirect("bidding:bid", slug, number)


@never_cache
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask whether a bid is to be withdrawn, and do it."""
    found, _ = own_bid_for(request.user, slug, number, now=timezone.now())
    if request.method == "POST":
        actions.withdraw_bid(found, by=doer(request), now=timezone.now())
        messages.success(request, gettext("Your bid is withdrawn. Thank you for having offered."))
        return redirect("bidding:hosts", slug)
    return render(request, "bidding/withdrawal.html", {"meetup": found.call.meetup, "bid": found})


@never_cache
@require_http_methods(["GET", "POST"])
def editors(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show who writes a bid, and invite one more."""
    found, _ = own_bid_for(request.user, slug, number, now=timezone.now())
    form = EditorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            wait_a_while(LETTERS, doer(request))
            actions.invite_editor(found, form.cleaned_data["email"], by=doer(request), now=timezone.now())
        if not form.errors:
            told_as = {"email": form.cleaned_data["email"]}
            messages.success(request, gettext("%(email)s writes this bid too, and gets a letter.") % told_as)
            return redirect("bidding:editors", slug, number)
    shown = {"meetup": found.call.meetup, "bid": found, "editors": queries.editors_of(found), "form": form}
    return render(request, "bidding/editors.html", shown, status=422 if form.errors else 200)


@require_POST
def editor(request: HttpRequest, slug: str, number: int, editor: int) -> HttpResponse:
    """Let somebody write a bid no more; whoever goes themselves has no bid to go back to."""
    found = editor_for(request.user, slug, number, editor, now=timezone.now())
    by = doer(request)
    actions.remove_editor(found, by=by, now=timezone.now())
    told_as = {"name": found.person.name or found.person.email}
    messages.success(request, gettext("%(name)s does not write this bid any more.") % told_as)
    return redirect("bidding:hosts", slug) if found.person_id == by.pk else redirect("bidding:editors", slug, number)
