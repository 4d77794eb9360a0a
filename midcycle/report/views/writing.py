"""The report, and the desk where the team writes it section by section."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.engines.documents import NotPrinted
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.report import actions, queries
from midcycle.report.access import drafted_meetup_for, in_language, reported_meetup_for, section_for
from midcycle.report.actions import Wording
from midcycle.report.forms import DeskFilter, SectionForm, SeenForm
from midcycle.web.requests import method_of, wants_fragment


@require_GET
def report(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """Show the published report, in its first language or another of its languages."""
    page = queries.report_page(in_language(reported_meetup_for(slug), language), language)
    return render(request, "report/report.html", {"page": page, "is_draft": False})


@require_GET
def markdown(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:  # noqa: ARG001 - as every view
    """Give the published report as a file of Markdown."""
    page = queries.report_page(in_language(reported_meetup_for(slug), language), language)
    return _file(queries.markdown_of(page).encode(), "text/markdown; charset=utf-8", f"{slug}-report.md")


@require_GET
def paper(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:  # noqa: ARG001 - as every view
    """Give the published report as PDF."""
    page = queries.report_page(in_language(reported_meetup_for(slug), language), language)
    try:
        return _file(queries.paper_of(page), "application/pdf", f"{slug}-report.pdf")
    except NotPrinted:
        return HttpResponse(gettext("The report could not be printed just now. Try again in a minute."), "text/plain", 503)


@require_GET
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team the whole page as it would be published; 404 before there is anything to report."""
    meetup = drafted_meetup_for(request.user, slug)
    page = queries.report_page(meetup, DeskFilter(request.GET).asked()[0])
    return render(request, "report/report.html", {"page": page, "is_draft": page.published_at is None})


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team every section, and what follows the facts."""
    meetup = organised_meetup_for(request.user, slug)
    return render(request, "report/desk.html", {"desk": queries.desk(meetup, DeskFilter(request.GET).asked()[0])})


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let the team write a section; see what a version changed, or what the facts would say now."""
    meetup, by = section_for(request.user, slug, key), _person(request)
    language, version, anew = DeskFilter(request.GET).asked()
    shown = queries.section_desk(meetup, key, language, version=version, anew=anew)
    if request.method == "GET":
        return _section(request, shown, SectionForm(initial={"text": shown.text, "edition": shown.edition}), anew=anew)
    form = SectionForm(request.POST)
    if form.is_valid():
        wording = Wording(key, form.cleaned_data["text"], shown.language, form.cleaned_data["edition"])
        try:
            actions.write(meetup, wording, by=by, now=timezone.now())
        except Refusal as refusal:
            return _refused(request, shown, form, refusal)
        messages.success(request, gettext("“%(name)s” is saved.") % {"name": shown.name})
        return _back(slug, key, shown.language)
    return _section(request, shown, form)


@require_POST
def preview(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a section as it would look, without saving it."""
    meetup = section_for(request.user, slug, key)
    form = SectionForm(request.POST)
    html = queries.preview_html(meetup, form.cleaned_data["text"]) if form.is_valid() else ""
    if wants_fragment(request):
        return render(
            request, "report/section.html#preview", {"preview": html, "form": form, "alone": True}, status=_status(form)
        )
    shown = queries.section_desk(meetup, key, DeskFilter(request.GET).asked()[0])
    return _section(request, shown, form, preview=html)


@require_POST
def version(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Bring a version of a section back, or without one let it follow the facts again."""
    meetup, by = section_for(request.user, slug, key), _person(request)
    language = queries.section_desk(meetup, key, DeskFilter(request.GET).asked()[0]).language
    asked = SeenForm(request.POST)
    wording, now = Wording(key, None, language, asked.seen()), timezone.now()
    try:
        if asked.wanted():
            actions.restore(meetup, asked.wanted(), wording, by=by, now=now)
        else:
            actions.write(meetup, wording, by=by, now=now)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        again = gettext("The section follows the facts again.")
        messages.success(request, gettext("The version is back.") if asked.wanted() else again)
    return _back(slug, key, language)


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the report, or take it back."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    takes_back = method_of(request) == "DELETE"
    try:
        if takes_back:
            actions.unpublish(meetup, by=by, now=timezone.now())
        else:
            actions.publish(meetup, by=by, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        taken = gettext("The report is taken back. Only organisers can read it.")
        messages.success(request, taken if takes_back else gettext("The report is published. Everybody can read it."))
    return redirect("report:desk", slug)


def _refused(request: HttpRequest, shown: queries.SectionDesk, form: SectionForm, refusal: Refusal) -> HttpResponse:
    """Show what was typed beside what stands there now, and let it be saved over that once it was seen."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    typed = form.data.get("text", "")
    is_other = refusal.message == gettext(actions.CHANGED)
    changes = queries.differences(shown.text, typed) if is_other else ()
    if is_other:
        form.look_again(shown.edition)
    return _section(request, shown, form, theirs=changes)


def _section(request: HttpRequest, shown: queries.SectionDesk, form: SectionForm, **more: object) -> HttpResponse:
    page = {"desk": shown, "form": form, "meetup": shown.meetup, **more}
    return render(request, "report/section.html", page, status=_status(form))


def _back(slug: str, key: str, language: str) -> HttpResponse:
    return redirect(f"{reverse('report:section', args=[slug, key])}?language={language}")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, kind, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _status(form: SectionForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user
