"""Addresses of photos."""

from django.urls import path

from midcycle.photos.views import desk, public, sending, uploads

app_name = "photos"
urlpatterns = [
    path("m/<slug:slug>/photos/", public.gallery, name="gallery"),
    path("m/<slug:slug>/photos/<int:number>/", public.photo, name="photo"),
    path("m/<slug:slug>/photos/<int:number>/takedown/", public.takedown, name="takedown"),
    path("m/<slug:slug>/photos/files/<slug:key>/<str:name>", public.file, name="file"),
    path("m/<slug:slug>/photos/sending/", sending.send, name="send"),
    path("m/<slug:slug>/photos/sending/name/", sending.sender, name="sender"),
    path("m/<slug:slug>/photos/sending/<int:number>/", sending.own, name="own"),
    path("m/<slug:slug>/photos/day/<slug:key>/", sending.by_link, name="by_link"),
    path("m/<slug:slug>/photos/uploads/", uploads.uploads, name="uploads"),
    path("m/<slug:slug>/photos/uploads/<slug:key>/", uploads.upload, name="upload"),
    path("m/<slug:slug>/desk/photos/", desk.desk, name="desk"),
    path("m/<slug:slug>/desk/photos/link/", desk.link, name="link"),
    path("m/<slug:slug>/desk/photos/group-photo/", desk.group_photo, name="group_photo"),
    path("m/<slug:slug>/desk/photos/publications/", desk.publications, name="publications"),
    path("m/<slug:slug>/desk/photos/<int:number>/", desk.photo, name="one"),
    path("m/<slug:slug>/desk/photos/<int:number>/publication/", desk.publication, name="publication"),
    path("m/<slug:slug>/desk/photos/<int:number>/place/", desk.place, name="place"),
    path("m/<slug:slug>/desk/photos/<int:number>/removal/", desk.removal, name="removal"),
    path("m/<slug:slug>/desk/photos/<int:number>/answer/", desk.answer, name="answer"),
]
