"""Addresses of pads."""

from django.urls import path

from midcycle.pads import views

app_name = "pads"
urlpatterns = [
    path("m/<slug:slug>/pads/", views.pads, name="pads"),
    path("m/<slug:slug>/pads/<slug:name>/", views.pad, name="pad"),
    path("m/<slug:slug>/pads/<slug:name>.md", views.markdown, name="markdown"),
    path("m/<slug:slug>/pads/<slug:name>/ticket/", views.ticket, name="ticket"),
    path("m/<slug:slug>/desk/pads/", views.open_pad, name="open_pad"),
    path("m/<slug:slug>/desk/pads/all/", views.open_all, name="open_all"),
]
