"""Addresses of this app."""

from django.urls import path

from midcycle.hosting import views

app_name = "hosting"
urlpatterns = [
    path("ideas/new/", views.open_idea, name="open_idea"),
    path("m/<slug:slug>/interest/", views.interest, name="interest"),
    path("m/<slug:slug>/interest/<slug:token>/", views.answer, name="answer"),
    path("m/<slug:slug>/interest/<slug:token>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("m/<slug:slug>/desk/interest/", views.answers, name="answers"),
    path("m/<slug:slug>/desk/place/", views.place, name="place"),
]
