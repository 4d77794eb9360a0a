"""Your own page, and the demo's sign-in links."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.accounts import actions
from midcycle.accounts.access import person_for_token
from midcycle.accounts.adapter import keep_language
from midcycle.accounts.forms import LanguageForm, NameForm
from midcycle.accounts.models import Person
from midcycle.kernel.languages import direction_of
from midcycle.web.languages import offered, remember
from midcycle.web.personal import personal


@login_required
@require_http_methods(["GET", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """Show and change the name others see."""
    if not isinstance(request.user, Person):
        raise Http404
    onward = request.POST.get("next") or request.GET.get("next") or ""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(request.user, form.cleaned_data["name"], now=timezone.now())
        messages.success(request, gettext("Your name is saved."))
        return redirect(_inside(onward, otherwise=reverse("accounts:you")))
    return render(request, "accounts/you.html", {"form": form, "first": "first" in request.GET, "next": onward})


@personal  # the address may have another one in it, which is somebody's own
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Show the languages there are, and speak the chosen one from now on: to this browser, and in letters to this person."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    form = LanguageForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        page = {
            "form": form,
            "next": onward,
            "languages": [(code, name, direction_of(code)) for code, name in offered().items()],
        }
        return render(request, "accounts/language.html", page, status=200 if request.method == "GET" else 422)
    chosen = form.cleaned_data["language"]
    if isinstance(request.user, Person):
        actions.choose_language(request.user, chosen, now=timezone.now())
    response = redirect(_inside(onward, otherwise="/"))
    remember(response, chosen)
    return response


@require_GET
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign a member of the demo's cast in. Only a demo answers."""
    if not settings.MIDCYCLE.demo:
        raise Http404
    person = person_for_token(token)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return keep_language(request, redirect(_inside(request.GET.get("next", ""), otherwise="/")), person)


def _inside(url: str, *, otherwise: str) -> str:
    """Return an address of this instance; anything else is not followed."""
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else otherwise
