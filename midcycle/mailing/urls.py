"""Addresses of letters."""

from django.urls import path

from midcycle.mailing import views

app_name = "mailing"
urlpatterns = [
    path("demo/inbox/", views.inbox, name="inbox"),
    path("m/<slug:slug>/desk/letters/", views.letters, name="letters"),
    path("m/<slug:slug>/desk/letters/retry/", views.retry, name="retry"),
]
