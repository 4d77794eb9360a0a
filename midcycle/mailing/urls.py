"""Addresses of letters."""

from django.urls import path

from midcycle.mailing.views import letters, mailings, wishes

app_name = "mailing"
urlpatterns = [
    path("demo/inbox/", letters.inbox, name="inbox"),
    path("m/<slug:slug>/letters/weekly/", wishes.weekly_door, name="weekly_door"),
    path("m/<slug:slug>/letters/<slug:key>/", wishes.wish, name="wish"),
    path("m/<slug:slug>/letters/<slug:key>/weekly/", wishes.weekly, name="weekly"),
    path("m/<slug:slug>/desk/letters/", letters.letters, name="letters"),
    path("m/<slug:slug>/desk/letters/retry/", letters.retry, name="retry"),
    path("m/<slug:slug>/desk/letters/addresses/<int:number>/again/", letters.write_again, name="write_again"),
    path("m/<slug:slug>/desk/letters/many/", mailings.mailings, name="mailings"),
    path("m/<slug:slug>/desk/letters/many/new/", mailings.new_mailing, name="new_mailing"),
    path("m/<slug:slug>/desk/letters/many/<int:number>/", mailings.mailing, name="mailing"),
    path("m/<slug:slug>/desk/letters/many/<int:number>/text/", mailings.draft, name="draft"),
    path("m/<slug:slug>/desk/letters/many/<int:number>/copy/", mailings.copy, name="copy"),
    path("m/<slug:slug>/desk/letters/many/<int:number>/sending/", mailings.sending, name="sending"),
    path("m/<slug:slug>/desk/letters/many/<int:number>/stop/", mailings.stop, name="stop"),
    path("m/<slug:slug>/desk/letters/many/<int:number>/retry/", mailings.retry, name="retry_mailing"),
]
