"""Home, a meetup, the organiser's desk, the instance, and the demo's cast."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.access import administrator_for
from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.kernel.languages import INTERFACE
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.access import meetup_for, organised_meetup_for, organiser_for
from midcycle.pages import actions, queries
from midcycle.pages import desk as desk_queries
from midcycle.pages import mine as mine_queries
from midcycle.pages.forms import DescribeFirstForm, DescribeInForm, StageForm, TeamForm
from midcycle.web.texts import languages_of, written_in


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show every meetup of this instance."""
    return render(request, "pages/home.html", {"home": queries.home()})


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what is the visitor's own, at every meetup."""
    if not isinstance(request.user, Person):
        raise Http404
    return render(request, "pages/mine.html", {"lists": mine_queries.mine(request.user, now=timezone.now())})


@require_GET
def meetup(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a meetup at a glance."""
    visitor = request.user if isinstance(request.user, Person) else None
    page = queries.meetup_page(meetup_for(slug), visitor, now=timezone.now())
    return render(request, "pages/meetup.html", {"page": page, "meetup": page.meetup})


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser what there is to do."""
    found = organised_meetup_for(request.user, slug)
    return render(request, "pages/desk.html", {"desk": desk_queries.desk_page(found, now=timezone.now()), "meetup": found})


@require_POST
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a meetup on, or one step back."""
    found = organised_meetup_for(request.user, slug)
    form = StageForm(request.POST)
    if not form.is_valid() or not isinstance(request.user, Person):
        raise Http404
    try:
        actions.move_on(found, form.cleaned_data["stage"], by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, gettext("%(title)s is now in the stage: %(stage)s.") % {"title": found.title, "stage": found.stage_name}
        )
    return redirect("pages:desk", slug)


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a meetup is called and about."""
    found = organised_meetup_for(request.user, slug)
    said = {"title": found.title, "summary": found.summary, "notice": found.notice, "language": found.language}
    form = DescribeFirstForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        meetups.describe(found, request.user, **form.cleaned_data, now=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("pages:desk", slug)
    shown = {"form": form, "meetup": found, "others": languages_of(found.texts, found.language)}
    return render(request, "pages/about.html", shown)


@require_http_methods(["GET", "POST"])
def about_in(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Say what a meetup is called and about in another language."""
    found = organised_meetup_for(request.user, slug)
    if language not in INTERFACE or language == found.language:
        raise Http404
    form = DescribeInForm(request.POST or None, initial=found.texts.get(language))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        meetups.describe_in(found, request.user, language, **form.cleaned_data, now=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("pages:about", slug)
    return render(request, "pages/about_in.html", {"form": form, "meetup": found, "written": written_in(language)})


@require_http_methods(["GET", "POST"])
def costs_of_the_bid(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team what the chosen host says it costs, and take that over into the balance."""
    found = organised_meetup_for(request.user, slug)
    if request.method == "POST" and isinstance(request.user, Person):
        try:
            fresh = actions.take_over_costs(found, by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("pages:costs_of_the_bid", slug)
        told = ngettext("%(count)s line taken over from the bid.", "%(count)s lines taken over from the bid.", fresh)
        messages.success(request, told % {"count": fresh} if fresh else gettext("Every line was there already."))
        return redirect("funding:budget", slug)
    return render(request, "pages/costs_of_the_bid.html", {"meetup": found, "costs": queries.costs_of_the_bid(found)})


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team and add to it."""
    found = organised_meetup_for(request.user, slug)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        now = timezone.now()
        person = person_for(**form.cleaned_data, now=now)
        meetups.add_organiser(found, person, by=request.user, now=now)
        messages.success(request, gettext("%(name)s is on the team.") % {"name": person.name or person.email})
        return redirect("pages:team", slug)
    return render(request, "pages/team.html", {"form": form, "meetup": found, "team": queries.team_of(found)})


@require_POST
def organiser(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take somebody off the team; whoever leaves it themselves has no desk to go back to."""
    found = organiser_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    try:
        meetups.remove_organiser(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        told = gettext("%(name)s is not on the team any more.") % {"name": found.person.name or found.person.email}
        messages.success(request, told)
        if found.person == request.user:
            return redirect(found.meetup.path)
    return redirect("pages:team", slug)


@require_GET
def instance(request: HttpRequest) -> HttpResponse:
    """Show an administrator how this instance is doing."""
    administrator_for(request.user)
    return render(request, "pages/instance.html", {"instance": desk_queries.instance_page(now=timezone.now())})


@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Let a visitor of the demo be one of its people."""
    if not settings.MIDCYCLE.demo:
        raise Http404
    return render(request, "pages/cast.html", {"cast": desk_queries.demo_cast()})
