"""The list of series, a series, its rule, its past editions and its exceptions."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Series
from midcycle.series.access import edition_for, exception_for, past_edition_for, series_for, tended_series_for
from midcycle.series.actions import rotation as actions
from midcycle.series.forms.rotation import PastForm, ReasonForm, RuleForm, SeriesFileForm
from midcycle.series.queries import page as queries
from midcycle.series.views.common import form_page, person_of, removal


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List every series of this instance."""
    return render(request, "series/index.html", {"all": queries.all_series()})


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a series: map, timeline, rule, what is next, and its editions with their verdicts."""
    series = series_for(slug)
    page = queries.series_page(series, request.user, today=timezone.now().date())
    return render(request, "series/series.html", {"page": page, "series": series})


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the next version of the rule of a series."""
    series = tended_series_for(request.user, slug)
    form = RuleForm(queries.newest_rule(series), request.POST or None, known=queries.words_of(series))
    words: dict[str, object] = {"title": gettext("Rule of rotation"), "lead": series.title}
    words |= {"button": gettext("Write this version")}

    def deed() -> str:
        seen = form.cleaned_data["seen"]
        with _both_shown(series, form, words):
            made = actions.set_rule(series, form.terms(), by=person_of(request), now=timezone.now(), seen=seen)
        told = gettext("Version %(number)s of the rule is written. Earlier versions stay readable.")
        return told % {"number": made.number}

    return form_page(request, form, words=words, deed=deed, to=_home(series))


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over a file with the past editions and the rule of a series."""
    series = tended_series_for(request.user, slug)
    form = SeriesFileForm(request.POST or None, request.FILES or None, initial={"seen": queries.newest_number(series)})
    words: dict[str, object] = {"title": gettext("Past editions from a file"), "lead": series.title, "file": True}
    words |= {"button": gettext("Take over"), "note": "facts"}

    def deed() -> str:
        found, seen = form.found(), form.cleaned_data["seen"]
        with _both_shown(series, form, words):
            fresh, known = actions.take_in(series, found, by=person_of(request), now=timezone.now(), seen=seen)
        for remark in found.remarks:
            messages.warning(request, remark)
        both = gettext("Taken over: %(new)s new editions, %(known)s that were known, and the rule.")
        editions = gettext("Taken over: %(new)s new editions, %(known)s that were known.")
        return (both if found.terms else editions) % {"new": fresh, "known": known}

    return form_page(request, form, words=words, deed=deed, to=_home(series))


@require_http_methods(["GET", "POST"])
def new_past(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep an edition of a series that was held elsewhere."""
    series = tended_series_for(request.user, slug)
    form = PastForm(queries.regions_of(series), None, request.POST or None)

    def deed() -> str:
        kept = actions.keep_past(series, form.past(), by=person_of(request), now=timezone.now())
        return gettext("%(edition)s is among the editions.") % {"edition": kept.name}

    words = {"title": gettext("A past edition"), "lead": series.title, "button": gettext("Keep it")}
    return form_page(request, form, words=words, deed=deed, to=_home(series))


@require_http_methods(["GET", "POST"])
def past(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change what is said of a past edition."""
    edition = past_edition_for(request.user, slug, number)
    form = PastForm(queries.regions_of(edition.series), edition, request.POST or None)

    def deed() -> str:
        actions.change_past(edition, form.past(), by=person_of(request), now=timezone.now())
        return gettext("Saved.")

    words = {"title": edition.name, "lead": edition.series.title, "button": gettext("Save")}
    there = reverse("series:past_removal", args=[slug, number])
    words |= {"removal": there, "removal_label": gettext("Take this edition away")}
    return form_page(request, form, words=words, deed=deed, to=_home(edition.series))


@require_http_methods(["GET", "POST"])
def past_removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a past edition away."""
    edition = past_edition_for(request.user, slug, number)
    words = {"title": gettext("Take away %(edition)s?") % {"edition": edition.name}, "button": gettext("Take it away")}
    words |= {"text": gettext("What is said of it, and its exception from the rule, is lost.")}
    told = gettext("%(edition)s is not among the editions any more.") % {"edition": edition.name}

    def deed() -> None:
        actions.drop_past(edition, by=person_of(request), now=timezone.now())

    return removal(request, words=words, deed=deed, told=told, to=_home(edition.series))


@require_http_methods(["GET", "POST"])
def exception(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let an edition break the rule for a public reason."""
    series, edition = edition_for(request.user, slug, key)
    made = queries.exception_of(edition)
    form = ReasonForm(request.POST or None, initial={"reason": made.reason if made else ""})

    def deed() -> str:
        actions.make_exception(series, edition, form.cleaned_data["reason"], by=person_of(request), now=timezone.now())
        return gettext("%(edition)s is an exception now, and the reason is on this page.") % {"edition": edition}

    words = {"title": gettext("Exception for %(edition)s") % {"edition": edition}, "lead": series.title}
    words |= {"button": gettext("Make it an exception")}
    if made:
        there = reverse("series:exception_removal", args=[slug, made.pk])
        words |= {"button": gettext("Save"), "removal": there, "removal_label": gettext("Judge it by the rule again")}
    return form_page(request, form, words=words, deed=deed, to=_home(series))


@require_http_methods(["GET", "POST"])
def exception_removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Judge an edition by the rule again."""
    made = exception_for(request.user, slug, number)
    words = {"title": gettext("Judge it by the rule again?"), "button": gettext("Judge it")}
    words |= {"text": gettext("The reason goes: %(reason)s") % {"reason": made.reason}}

    def deed() -> None:
        actions.lift_exception(made, by=person_of(request), now=timezone.now())

    told = gettext("It is judged by the rule again.")
    return removal(request, words=words, deed=deed, told=told, to=_home(made.series))


@contextmanager
def _both_shown(series: Series, form: Form, words: dict[str, object]) -> Iterator[None]:
    """Show whoever comes second what the rule says now, beside what they typed; the next time they save over that."""
    try:
        yield
    except Refusal:
        standing = queries.written_since(series, form.cleaned_data["seen"])
        if standing is not None:
            words["standing"] = standing
            form.data = {**{name: form.data[name] for name in form.data}, "seen": str(standing.kept.number)}
        raise


def _home(series: Series) -> str:
    return reverse("series:series", args=[series.slug])
