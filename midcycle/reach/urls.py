"""Addresses of this app."""

from django.urls import path

from midcycle.reach import views

app_name = "reach"
urlpatterns = [
    path("m/<slug:slug>/reach/", views.reach, name="reach"),
    path("m/<slug:slug>/seat/<slug:token>/invitation/", views.invitation, name="invitation"),
    path("m/<slug:slug>/desk/reach/", views.desk, name="desk"),
    path("m/<slug:slug>/desk/reach/publication/", views.publication, name="publication"),
    path("m/<slug:slug>/desk/reach/channels/<slug:code>/", views.channel, name="channel"),
    path("m/<slug:slug>/desk/reach/channels/<slug:code>/code.svg", views.code, name="code"),
    path("m/<slug:slug>/desk/reach/channels/<slug:code>/poster.pdf", views.poster, name="poster"),
]
