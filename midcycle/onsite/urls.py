"""Addresses of the door. A phone stays below `door/`, which is all its offline page reaches."""

from django.urls import path

from midcycle.onsite.views import desk, door

app_name = "onsite"
urlpatterns = [
    path("m/<slug:slug>/door/", door.page, name="door"),
    path("m/<slug:slug>/door/app.webmanifest", door.manifest, name="manifest"),
    path("m/<slug:slug>/door/offline.js", door.offline, name="offline"),
    path("m/<slug:slug>/door/list/", door.people, name="list"),
    path("m/<slug:slug>/door/events/", door.events, name="events"),
    path("m/<slug:slug>/desk/door/", desk.desk, name="desk"),
    path("m/<slug:slug>/desk/door/links/", desk.links, name="links"),
    path("m/<slug:slug>/desk/door/links/<int:number>/", desk.link, name="link"),
    path("m/<slug:slug>/desk/door/release/", desk.release, name="release"),
    path("m/<slug:slug>/desk/door/events/<uuid:number>/", desk.event, name="event"),
]
