"""Writing to many: a draft, its preview, and how far it went out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.mailing import actions, queries
from midcycle.mailing.access import mailing_for, organiser_for
from midcycle.mailing.forms import MailingForm, PageFilter, PreviewFilter, SendForm, WriteFilter
from midcycle.mailing.models import Mailing
from midcycle.mailing.rules import PLACEHOLDERS, audience_of
from midcycle.mailing.views.letters import tried_again
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_GET
def mailings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser what was written to many."""
    meetup, _ = organiser_for(request.user, slug)
    history = queries.history(meetup, PageFilter(request.GET).number())
    return render(request, "mailing/mailings.html", {"history": history, "meetup": meetup})


@require_http_methods(["GET", "POST"])
def new_mailing(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to people: choose them, and say what; find one person among them."""
    meetup, by = organiser_for(request.user, slug)
    asked = WriteFilter(request.GET)
    wanted, number, again = asked.asked()
    fresh = dict[str, object](asked.words() or queries.words_of_report(meetup, asked.report_in()))
    begun = _words_of(mailing_for(request.user, slug, again)[0], by) if again else fresh
    form = _form(request, meetup, by, {**begun, **({"audience": f"person:{number}"} if number else {})})
    if request.method == "POST" and form.is_valid():
        mailing = actions.draft_mailing(meetup, form.wording(), by=by, now=timezone.now())
        return redirect("mailing:mailing", slug, mailing.pk)
    return _write(request, meetup, form, wanted=wanted, found=queries.found_people(meetup, wanted))


@require_http_methods(["GET", "POST"])
def mailing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a draft as each gets it, or how far a mailing went out; throw a draft away."""
    found, by = mailing_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.discard_draft(found, by=by, now=timezone.now())
        messages.success(request, gettext("The draft is thrown away."))
        return redirect("mailing:mailings", slug)
    page: dict[str, Any] = {"meetup": found.meetup, "waits": queries.is_waiting_for_mail()}
    if found.is_draft:
        page["preview"] = queries.preview(found, PreviewFilter(request.GET).number(), by=by, now=timezone.now())
        return render(request, "mailing/preview.html", page)
    asked = PageFilter(request.GET)
    page["outbox"] = queries.sent_mailing(found, asked.wanted(), asked.number())
    return render(request, "mailing/mailing.html", page)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a draft."""
    found, by = mailing_for(request.user, slug, number)
    if not found.is_draft:
        return redirect("mailing:mailing", slug, number)
    form = _form(request, found.meetup, by, _words_of(found, by))
    if request.method == "POST" and form.is_valid():
        actions.change_draft(found, form.wording(), by=by, now=timezone.now())
        return redirect("mailing:mailing", slug, number)
    return _write(request, found.meetup, form, draft=found)


@require_POST
def copy(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send a draft to whoever asks."""
    found, by = mailing_for(request.user, slug, number)
    actions.send_copy(found, by=by, now=timezone.now())
    messages.success(request, gettext("A copy goes to %(address)s, filled in for you.") % {"address": by.email})
    return redirect("mailing:mailing", slug, number)


@require_POST
def sending(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send a draft to the number of people that was shown; when that changed, the page shows it anew."""
    found, by = mailing_for(request.user, slug, number)
    try:
        count = actions.send_mailing(found, SendForm(request.POST).seen(), by=by, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        said = ngettext(
            "The letter goes to 1 person. “Look again” shows how far it is.",
            "The letter goes to %(count)s people. “Look again” shows how far it is.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("mailing:mailing", slug, number)


@require_POST
def stop(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Withdraw the letters that did not go out yet."""
    found, by = mailing_for(request.user, slug, number)
    count = actions.stop_mailing(found, by=by, now=timezone.now())
    said = ngettext("1 letter is withdrawn.", "%(count)s letters are withdrawn.", count)
    messages.success(request, said % {"count": count})
    return redirect("mailing:mailing", slug, number)


@require_POST
def retry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Try the failed letters of a mailing again."""
    found, by = mailing_for(request.user, slug, number)
    count = actions.retry_failed(found.meetup, by=by, now=timezone.now(), mailing=found)
    messages.success(request, tried_again(count))
    return redirect("mailing:mailing", slug, number)


def _write(request: HttpRequest, meetup: Meetup, form: MailingForm, **more: object) -> HttpResponse:
    page = {"form": form, "meetup": meetup, "placeholders": PLACEHOLDERS, **more}
    return render(request, "mailing/write.html", page, status=422 if form.errors else 200)


def _form(request: HttpRequest, meetup: Meetup, by: Person, initial: dict[str, object]) -> MailingForm:
    """Return the form; one person is offered only when they were chosen, and are of this meetup."""
    audience = audience_of(request.POST.get("audience") or str(initial.get("audience", "")))
    person = queries.found_person(meetup, audience.value) if audience.is_one else None
    return MailingForm(queries.audience_choices(meetup, person), by, request.POST or None, initial)


def _words_of(found: Mailing, by: Person) -> dict[str, object]:
    answers = bool(found.answers_to) and found.answers_to == by.email
    return {"audience": found.audience.key, "subject": found.subject, "text": found.text, "answers": answers}
