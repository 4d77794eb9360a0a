"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "agenda"
urlpatterns = [
    path("m/<slug:slug>/agenda/", missing, name="agenda"),
]
