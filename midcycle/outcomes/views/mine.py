"""Somebody's own actions: behind a link of a letter, or in their account; and no more letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for
from midcycle.outcomes import actions, queries
from midcycle.outcomes.access import Reader, key_of, own_action_of, reader_for
from midcycle.outcomes.forms import AnswerForm, FollowForm
from midcycle.outcomes.models import Action
from midcycle.outcomes.queries.pages import OwnRow
from midcycle.web.forms import PlainForm
from midcycle.web.requests import sign_in_first

_MOST_DIGITS = 18


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody who is signed in their actions at a meetup, and take their answers."""
    meetup = meetup_for(slug)
    if not isinstance(request.user, Person):
        return sign_in_first(request, request.path, why=gettext("Sign in to see your actions."))
    return _answered(request, Reader(meetup, request.user))


@require_http_methods(["GET", "POST"])
def by_key(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the same to whoever has the link of a letter. Opening it changes nothing, since programs open every link."""
    return _private(_answered(request, reader_for(slug, key)))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let somebody get no more letters about outcomes of a meetup, or get them again; the link itself is the proof."""
    reader = reader_for(slug, key)
    if request.method == "POST":
        wanted = bool(request.POST.get("again"))
        actions.want_letters(reader.meetup, reader.person, wanted=wanted, now=timezone.now())
    silent = queries.own_page(reader.meetup, reader.person, now=timezone.now()).is_silent
    return _private(render(request, "outcomes/letters.html", {"meetup": reader.meetup, "silent": silent}))


def _answered(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take an answer, or show the page."""
    if request.method != "POST":
        return _page(request, reader)
    number = request.POST.get("action", "")
    found = own_action_of(reader, int(number) if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS else 0)
    form = (FollowForm if request.POST.get("deed") == "follow" else AnswerForm)(request.POST, auto_id=_ids(found.pk))
    if form.is_valid():
        try:
            said = _do(found, form, reader)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, said)
            return redirect(request.path)
    return _page(request, reader, bound=(found.pk, form))


def _do(found: Action, form: PlainForm, reader: Reader) -> str:
    """Do what somebody said, and return what to tell them."""
    now = timezone.now()
    if isinstance(form, AnswerForm):
        actions.answer(found, reader.person, form.answer(), now=now)
        return gettext(_THANKS[form.cleaned_data["said"]])
    clean = form.cleaned_data
    actions.follow(found, clean["state"], text=clean["text"], url=clean["url"], by=reader.person, now=now)
    return gettext("Noted. Thank you.")


def _page(request: HttpRequest, reader: Reader, *, bound: tuple[int, PlainForm] | None = None) -> HttpResponse:
    own = queries.own_page(reader.meetup, reader.person, now=timezone.now())
    page = {
        "meetup": reader.meetup,
        "own": own,
        "asked": [_forms(row, bound) for row in own.asked],
        "mine": [_forms(row, bound) for row in own.mine],
        "bound": bound[1] if bound else None,
        "key": key_of(reader.meetup.pk, reader.person.pk),
    }
    return render(request, "outcomes/mine.html", page, status=422 if bound else 200)


def _forms(own: OwnRow, bound: tuple[int, PlainForm] | None) -> dict[str, object]:
    """Return an action with its forms, the one that was sent with what is wrong in it."""
    ids = _ids(own.row.number)
    sent = bound[1] if bound and bound[0] == own.row.number else None
    answer = sent if isinstance(sent, AnswerForm) else AnswerForm(auto_id=ids)
    follow = sent if isinstance(sent, FollowForm) else FollowForm(initial={"state": own.row.state}, auto_id=ids)
    return {"own": own, "row": own.row, "answer": answer, "follow": follow, "answers": isinstance(sent, AnswerForm)}


def _ids(number: int) -> str:
    return f"id_{number}_%s"


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


_THANKS = {
    "named": gettext_noop("Thank you. It is yours, and your name stands beside it."),
    "yes": gettext_noop("Thank you. It is yours; your name stands nowhere in public."),
    "no": gettext_noop("Thank you. The team knows, and asks you no more about it."),
    "other": gettext_noop("Thank you. If they can be found, they are asked; else the team looks for them."),
}
