"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "hosting"
urlpatterns = [
    path("ideas/new/", missing, name="open_idea"),
]
