"""Addresses of this app."""

from django.urls import path

from midcycle.web.views import missing

app_name = "pages"
urlpatterns = [
    path("", missing, name="home"),
    path("instance/", missing, name="instance"),
    path("m/<slug:slug>/", missing, name="meetup"),
    path("m/<slug:slug>/desk/", missing, name="desk"),
]
