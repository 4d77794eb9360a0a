"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "topics"
urlpatterns = [
    path("m/<slug:slug>/topics/", missing, name="topics"),
]
