"""Addresses of letters."""

from django.urls import path

from midcycle.mailing.views import letters

app_name = "mailing"
urlpatterns = [
    path("demo/inbox/", letters.inbox, name="inbox"),
    path("m/<slug:slug>/desk/letters/", letters.letters, name="letters"),
    path("m/<slug:slug>/desk/letters/retry/", letters.retry, name="retry"),
]
