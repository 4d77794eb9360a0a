"""Addresses of this app."""

from django.urls import path

from midcycle.hosting.views import desk, public, sharing

app_name = "hosting"
urlpatterns = [
    path("ideas/new/", public.open_idea, name="open_idea"),
    path("m/<slug:slug>/interest/", public.interest, name="interest"),
    path("m/<slug:slug>/interest/figures/", sharing.figures, name="figures"),
    path("m/<slug:slug>/interest/embed/", sharing.embedded, name="embedded"),
    path("m/<slug:slug>/interest/code.svg", sharing.code, name="code"),
    path("m/<slug:slug>/interest/poster.pdf", sharing.poster, name="poster"),
    path("m/<slug:slug>/interest/<slug:token>/", public.answer, name="answer"),
    path("m/<slug:slug>/interest/<slug:token>/confirmation/", public.confirmation, name="confirmation"),
    path("m/<slug:slug>/interest/<slug:token>/withdrawal/", public.withdrawal, name="withdrawal"),
    path("m/<slug:slug>/desk/interest/", desk.answers, name="answers"),
    path("m/<slug:slug>/desk/interest/dates/", desk.asking, name="asking"),
    path("m/<slug:slug>/desk/interest/dates/<int:number>/gone/", desk.window_gone, name="window_gone"),
    path("m/<slug:slug>/desk/interest/lines/<int:number>/", desk.line_hidden, name="line_hidden"),
    path("m/<slug:slug>/desk/interest/forecast/", desk.learning, name="learning"),
    path("m/<slug:slug>/desk/interest/forecast/<int:number>/gone/", desk.edition_gone, name="edition_gone"),
    path("m/<slug:slug>/desk/interest/spreading/", sharing.spreading, name="spreading"),
    path("m/<slug:slug>/desk/place/", desk.place, name="place"),
]
