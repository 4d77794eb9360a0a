"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "mailing"
urlpatterns = [
    path("demo/inbox/", missing, name="inbox"),
]
