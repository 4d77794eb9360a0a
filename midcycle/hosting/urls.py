"""Addresses of this app."""

from django.urls import path

from midcycle.hosting.views import desk, public

app_name = "hosting"
urlpatterns = [
    path("ideas/new/", public.open_idea, name="open_idea"),
    path("m/<slug:slug>/interest/", public.interest, name="interest"),
    path("m/<slug:slug>/interest/<slug:token>/", public.answer, name="answer"),
    path("m/<slug:slug>/interest/<slug:token>/withdrawal/", public.withdrawal, name="withdrawal"),
    path("m/<slug:slug>/desk/interest/", desk.answers, name="answers"),
    path("m/<slug:slug>/desk/place/", desk.place, name="place"),
]
