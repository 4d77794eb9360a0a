"""The list of tasks and each of them; what is to do beside the thing it is about."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.engines.tables import KINDS, write
from midcycle.kernel.refusal import Refusal
from midcycle.planning import actions, queries
from midcycle.planning.access import earlier_for, task_for, task_of, team_for
from midcycle.planning.actions.plans import Carried
from midcycle.planning.forms import BoardFilter, CarryForm, QuickTaskForm, TaskForm
from midcycle.planning.rules import ABOUT, title_in_words
from midcycle.web.requests import method_of, wants_fragment


@require_http_methods(["GET", "POST"])
def tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a team what it has to do, and take one more task."""
    team = team_for(request.user, slug)
    shown, thing = BoardFilter(request.GET).wanted()
    form = QuickTaskForm(queries.people_of_team(team.meetup), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            task = actions.add_task(team.meetup, form.wording(thing), by=team.person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("“%(task)s” is on the list.") % {"task": task.title})
            return redirect(request.get_full_path())
    board = queries.board(team.meetup, team.person, shown, thing, now=timezone.now())
    page = {"meetup": team.meetup, "board": board, "form": form, "query": request.GET.urlencode()}
    return render(request, "planning/tasks.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_task(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a task or a milestone with all there is to say about it."""
    team = team_for(request.user, slug)
    _, thing = BoardFilter(request.GET).wanted()
    form = TaskForm(queries.people_of_team(team.meetup), request.POST or None, about=thing)
    if request.method == "POST" and form.is_valid():
        try:
            task = actions.add_task(team.meetup, form.wording(), by=team.person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(_field(refusal), refusal.message)
        else:
            messages.success(request, gettext("“%(task)s” is on the list.") % {"task": task.title})
            return redirect("planning:tasks", slug)
    return render(request, "planning/task.html", {"meetup": team.meetup, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a task, change it, take it off the list."""
    found, by = task_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.remove_task(found, by=by, now=timezone.now())
        messages.success(request, gettext("“%(task)s” is off the list.") % {"task": title_in_words(found.title)})
        return redirect("planning:tasks", slug)
    form = TaskForm(queries.people_of_team(found.meetup), request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_task(found, form.wording(), seen=form.seen(), by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(_field(refusal), refusal.message)
            found = task_of(found.meetup, number)
            form.look_again(found.edition)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("planning:task", slug, number)
    row = queries.row_of(found, found.meetup, queries.today_at(found.meetup, timezone.now()))
    page = {"meetup": found.meetup, "form": form, "task": found, "row": row, "notes": queries.notes_of(found)}
    return render(request, "planning/task.html", page, status=422 if form.errors else 200)


@require_POST
def done(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Mark a task as done, or as to do again."""
    found, by = task_for(request.user, slug, number)
    actions.mark_done(found, done=request.POST.get("done") == "1", by=by, now=timezone.now())
    if wants_fragment(request):
        found = task_of(found.meetup, number)
        row = queries.row_of(found, found.meetup, queries.today_at(found.meetup, timezone.now()))
        return render(request, "planning/rows.html#one", {"meetup": found.meetup, "row": row, "focus": True})
    shown, thing = BoardFilter(QueryDict(request.POST.get("back", "")[:200])).wanted()
    return redirect(f"{resolve_url('planning:tasks', slug)}?{urlencode({'show': shown, 'about': thing})}")


@require_POST
def usual(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the usual milestones."""
    team = team_for(request.user, slug)
    count = actions.set_usual(team.meetup, by=team.person, now=timezone.now())
    added = ngettext("%(count)s milestone is on the list.", "%(count)s milestones are on the list.", count) % {"count": count}
    messages.success(request, added if count else gettext("They are all on the list already."))
    return redirect("planning:tasks", slug)


@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over the tasks of an earlier edition."""
    team = team_for(request.user, slug)
    editions = queries.editions_before(team.meetup, team.person)
    form = CarryForm(editions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        source, wanted = earlier_for(team, clean["edition"]), Carried(clean["from_minutes"], clean["owners"])
        try:
            count = actions.carry_over(source, team.meetup, wanted, by=team.person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _carried(count, source.title))
            return redirect("planning:tasks", slug)
    page = {"meetup": team.meetup, "form": form, "editions": editions}
    return render(request, "planning/earlier.html", page, status=422 if form.errors else 200)


@require_safe
def about(request: HttpRequest, slug: str, thing: str) -> HttpResponse:
    """Show what is to do about one thing of the desk, to stand on its page."""
    team = team_for(request.user, slug)
    if thing not in ABOUT:
        raise Http404
    beside = queries.beside(team.meetup, thing, today=queries.today_at(team.meetup, timezone.now()))
    return render(request, "planning/beside.html", {"meetup": team.meetup, "beside": beside})


@require_safe
def table(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give a team its tasks as a table."""
    team = team_for(request.user, slug)
    rows = queries.tasks_table(team.meetup, today=queries.today_at(team.meetup, timezone.now()))
    headers = {"Content-Disposition": f'attachment; filename="{slug}-tasks.{kind}"', "Cache-Control": "private, no-store"}
    return HttpResponse(write(kind, rows), content_type=KINDS[kind].media_type, headers=headers)


def _carried(count: int, edition: str) -> str:
    if not count:
        return gettext("Everything is here already, from %(edition)s.") % {"edition": edition}
    said = ngettext(
        "%(count)s task is taken over, from %(edition)s.", "%(count)s tasks are taken over, from %(edition)s.", count
    )
    return said % {"count": count, "edition": edition}


def _field(refusal: Refusal) -> str | None:
    """Return the field of the form a refusal belongs to: days are typed as a count."""
    return "count" if refusal.field == "days" else refusal.field
