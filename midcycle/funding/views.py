"""The organiser's list of underwriters."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from midcycle.accounts.models import Person
from midcycle.funding import actions, queries
from midcycle.funding.access import underwriter_for
from midcycle.funding.forms import UnderwriterForm
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def underwriters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is thanked, and thank one more."""
    meetup = organised_meetup_for(request.user, slug)
    form = UnderwriterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            thanked = actions.thank(meetup, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, f"{thanked.name} is thanked on the meetup's page.")
            return redirect("funding:underwriters", slug)
    shown = {"meetup": meetup, "underwriters": queries.underwriters(meetup), "form": form}
    return render(request, "funding/underwriters.html", shown, status=422 if form.errors else 200)


@require_http_methods(["POST", "DELETE"])
def underwriter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take one off the list."""
    found = underwriter_for(request.user, slug, number)
    if method_of(request) != "DELETE" or not isinstance(request.user, Person):
        raise Http404
    actions.remove(found, by=request.user, now=timezone.now())
    messages.success(request, f"{found.name} is off the list.")
    return redirect("funding:underwriters", slug)
