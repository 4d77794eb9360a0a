"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "pads"
urlpatterns = [
    path("m/<slug:slug>/pads/", missing, name="pads"),
]
