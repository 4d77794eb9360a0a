"""Counting hands on a phone, also where the network fails, and what to do when two counted the same."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.feedback import actions
from midcycle.feedback.access import counter_for, hand_count_for, part_for
from midcycle.feedback.forms import CounterForm
from midcycle.feedback.views.common import organised, status_of, told
from midcycle.kernel.refusal import Refusal


@never_cache
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a moderator count hands; a phone's script is answered in JSON."""
    meetup, by = counter_for(request.user, slug)
    form = CounterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = actions.count_part(meetup, form.cleaned_data["key"], form.hands(), by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            together = gettext("Sent. All counts of “%(question)s” together: %(yes)s yes, %(no)s no.")
            sentence = together % {"question": count.told, "yes": count.yes, "no": count.no}
            if _wants_json(request):
                return JsonResponse({"sentence": sentence})
            messages.success(request, sentence)
            return redirect("feedback:counter", slug)
    if _wants_json(request) and form.errors:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"sentence": " ".join(sentences)}, status=422)
    return render(request, "feedback/counter.html", {"meetup": meetup, "form": form}, status=status_of(form))


@require_POST
def part(request: HttpRequest, slug: str, number: int, part: int) -> HttpResponse:
    """Leave out what somebody counted, or count it again."""
    meetup, by = organised(request, slug)
    found = part_for(hand_count_for(meetup, number), part)
    if told(request, lambda: actions.set_part(found, counts=request.POST.get("counts") == "1", by=by, now=timezone.now())):
        messages.success(request, gettext("The count is added up anew."))
    return redirect("feedback:hand_count", slug, number)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"
