"""Addresses of the pages that compose other apps."""

from django.urls import path

from midcycle.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("mine/", views.mine, name="mine"),
    path("instance/", views.instance, name="instance"),
    path("demo/", views.cast, name="cast"),
    path("m/<slug:slug>/", views.meetup, name="meetup"),
    path("m/<slug:slug>/desk/", views.desk, name="desk"),
    path("m/<slug:slug>/desk/about/", views.about, name="about"),
    path("m/<slug:slug>/desk/about/<slug:language>/", views.about_in, name="about_in"),
    path("m/<slug:slug>/desk/budget/bid/", views.costs_of_the_bid, name="costs_of_the_bid"),
    path("m/<slug:slug>/desk/team/", views.team, name="team"),
    path("m/<slug:slug>/desk/team/<int:number>/", views.organiser, name="organiser"),
    path("m/<slug:slug>/stage/", views.stage, name="stage"),
]
