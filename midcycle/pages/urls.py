"""Addresses of the pages that compose other apps."""

from django.urls import path

from midcycle.web.views import missing

app_name = "pages"
urlpatterns = [
    path("", missing, name="home"),
    path("instance/", missing, name="instance"),
    path("demo/", missing, name="cast"),
    path("m/<slug:slug>/", missing, name="meetup"),
    path("m/<slug:slug>/desk/", missing, name="desk"),
    path("m/<slug:slug>/desk/about/", missing, name="about"),
    path("m/<slug:slug>/desk/team/", missing, name="team"),
    path("m/<slug:slug>/stage/", missing, name="stage"),
]
