"""The page of a list's keeper: comparing members without handing over their addresses."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.engines.maillist import read_file
from midcycle.lists import actions, queries
from midcycle.lists.access import comparison_for, matching_key
from midcycle.lists.forms import MembersForm


@never_cache
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Take the members of a list, hashed or not, for a comparison; only numbers of it are kept."""
    comparison, now = comparison_for(slug, number, key), timezone.now()
    page = queries.compared_page(comparison, now=now)
    form = MembersForm(request.POST, request.FILES) if request.method == "POST" else MembersForm()
    if page["is_due"] and form.is_valid():
        hashes = read_file(form.cleaned_data["members"], matching_key(comparison))
        if hashes:
            deed = actions.compare_after if page["is_second"] else actions.compare
            deed(comparison, hashes, now=now)
            messages.success(request, gettext("Thank you. Only two numbers are kept of it, and the organisers see them."))
            return redirect("lists:lists", slug)
        form.add_error("members", gettext("There is no address and no hash in this file. Choose another one."))
    shown = {**page, "form": form, "number": number, "keeper": key}
    return render(request, "lists/members.html", shown, status=422 if form.errors else 200)


@never_cache
@require_GET
def program(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Give the program that hashes members on the keeper's own machine."""
    comparison = comparison_for(slug, number, key)
    page = {"key": matching_key(comparison).hex()}
    response = render(request, "lists/hash_members.txt", page, content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hash_members.py"'
    return response
