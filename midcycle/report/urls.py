"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "report"
urlpatterns = [
    path("m/<slug:slug>/report/", missing, name="report"),
]
