"""Topics in other languages, for the team."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from midcycle.accounts.models import Person
from midcycle.kernel.languages import INTERFACE
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.topics import actions, queries
from midcycle.topics.rules import LONGEST_DETAILS, LONGEST_TITLE
from midcycle.web.texts import TextsForm, first_other, languages_of, written_in


@require_http_methods(["GET", "POST"])
def languages(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """Write titles and details of topics in another language."""
    meetup = organised_meetup_for(request.user, slug)
    if not language:
        return redirect("topics:topics_in", slug, first_other(meetup.language))
    if language not in INTERFACE or language == meetup.language:
        raise Http404
    page = queries.topics_in(meetup, language, request.GET.get("page"))
    form = TextsForm(request.POST or None, list(page), language, (LONGEST_TITLE, LONGEST_DETAILS))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.translate_topics(meetup, language, form.changed(), by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, gettext("Saved."))
            return redirect(request.get_full_path())
    others = languages_of({}, meetup.language)
    shown = {"meetup": meetup, "form": form, "page": page, "written": written_in(language), "others": others}
    return render(request, "topics/languages.html", shown, status=422 if form.errors else 200)
