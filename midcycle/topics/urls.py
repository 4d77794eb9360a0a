"""Addresses of this app."""

from django.urls import path

from midcycle.topics import views

app_name = "topics"
urlpatterns = [
    path("m/<slug:slug>/topics/", views.topics, name="topics"),
    path("m/<slug:slug>/topics/<int:number>/", views.topic, name="topic"),
    path("m/<slug:slug>/topics/<int:number>/wording/", views.wording, name="wording"),
    path("m/<slug:slug>/topics/<int:number>/support/", views.support, name="support"),
    path("m/<slug:slug>/topics/<int:number>/offer/", views.offer, name="offer"),
    path("m/<slug:slug>/topics/<int:number>/withdrawal/", views.withdrawal, name="withdrawal"),
]
