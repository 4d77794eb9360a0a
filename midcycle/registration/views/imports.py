"""Files of registrations: handed in, looked at, tried out, taken over, undone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.registration.access import import_at_desk_for, person_of
from midcycle.registration.actions import imports as actions
from midcycle.registration.forms.imports import MappingForm, SheetForm, TableForm, TakeOverForm
from midcycle.registration.models import ImportRun
from midcycle.registration.queries import imports as queries
from midcycle.registration.queries import questions_of, seat_summary
from midcycle.registration.rules.incoming import why_not_imported
from midcycle.registration.views.common import organised, told
from midcycle.web.personal import personal


@require_http_methods(["GET", "POST"])
@personal
def imports(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a file of registrations, and take tables away."""
    meetup, by = organised(request, slug)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = actions.look_at(meetup, form.found, file_name=form.file_name, by=by, now=timezone.now())
        return redirect("registration:import", slug, run.pk)
    page = {"form": form, "meetup": meetup, "runs": queries.runs_of(meetup), "seats": seat_summary(meetup)}
    refused = why_not_imported(meetup.stage)
    return render(request, "registration/imports.html", {**page, "refused": refused}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@personal
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Look at a file before it is taken over, say what its columns are, and see what came of it."""
    run, by = _import(request, slug, number)
    if run.state != "preview":
        return render(request, "registration/import_done.html", {"result": queries.result(run), "meetup": run.meetup})
    questions = questions_of(run.meetup)
    form = MappingForm(run.columns, run.mapping, queries.choices_of(questions), request.POST or None)
    if request.method == "POST" and form.is_valid():
        told(request, lambda: actions.read_as(run, form.mapping(), by=by, now=timezone.now()))
        return redirect("registration:import", slug, number)
    preview = queries.preview(run, questions)
    page = {"preview": preview, "columns": list(zip(form, preview.columns, strict=True))}
    page |= {"take_over": TakeOverForm(waits=preview.waits), "sheets": SheetForm(preview.other_sheets)}
    return render(request, "registration/import.html", {**page, "meetup": run.meetup}, status=422 if form.errors else 200)


@require_POST
def sheet(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Look at another sheet of a workbook."""
    name = request.POST.get("sheet", "")
    return _done(request, slug, number, lambda run, by: actions.turn_to(run, name, by=by, now=timezone.now()))


@require_POST
def trial(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Try an import out, and keep nothing of it."""
    chosen = _chosen(request)
    return _done(
        request,
        slug,
        number,
        lambda run, by: actions.try_out(run, seated_only=chosen["seated_only"], by=by, now=timezone.now()),
    )


@require_POST
def taken_over(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Register everybody new in a file."""
    chosen = _chosen(request)
    return _done(request, slug, number, lambda run, by: actions.take_over(run, **chosen, by=by, now=timezone.now()))


@require_POST
def undone(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back the seats an import brought."""
    return _done(request, slug, number, lambda run, by: actions.undo(run, by=by, now=timezone.now()))


@require_POST
def thrown_away(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Forget a file that was looked at."""
    run, by = _import(request, slug, number)
    actions.throw_away(run, by=by, now=timezone.now())
    messages.success(request, gettext("The file is forgotten."))
    return redirect("registration:imports", slug)


def _chosen(request: HttpRequest) -> dict[str, bool]:
    form = TakeOverForm(data=request.POST)
    return form.cleaned_data if form.is_valid() else {"letters": False, "seated_only": False}


def _import(request: HttpRequest, slug: str, number: int) -> tuple[ImportRun, Person]:
    run, by = import_at_desk_for(request.user, slug, number), person_of(request.user)
    if by is None:
        raise Http404
    return run, by


def _done(request: HttpRequest, slug: str, number: int, deed: Callable[[ImportRun, Person], object]) -> HttpResponse:
    """Do it and show the file again, with a refusal if there was one."""
    run, by = _import(request, slug, number)
    told(request, lambda: deed(run, by))
    return redirect("registration:import", slug, number)
