"""Addresses of lists."""

from django.urls import path

from midcycle.lists.views import desk, joining, keeping

app_name = "lists"
urlpatterns = [
    path("m/<slug:slug>/lists/", joining.lists, name="lists"),
    path("m/<slug:slug>/lists/<int:number>/", joining.one, name="list"),
    path("m/<slug:slug>/lists/join/<str:token>/", joining.confirmation, name="confirmation"),
    path("m/<slug:slug>/lists/invited/<slug:key>/", joining.invited, name="invited"),
    path("m/<slug:slug>/lists/invited/<slug:key>/<int:number>/", joining.invited_join, name="invited_join"),
    path("m/<slug:slug>/lists/members/<int:number>/<slug:key>/", keeping.members, name="members"),
    path("m/<slug:slug>/lists/members/<int:number>/<slug:key>/hash_members.py", keeping.program, name="program"),
    path("m/<slug:slug>/desk/lists/", desk.desk, name="desk"),
    path("m/<slug:slug>/desk/lists/new/", desk.new_list, name="new_list"),
    path("m/<slug:slug>/desk/lists/<int:number>/removal/", desk.removal, name="removal"),
    path("m/<slug:slug>/desk/lists/<int:number>/comparison/", desk.comparison, name="comparison"),
    path("m/<slug:slug>/desk/lists/<int:number>/postings/new/", desk.new_posting, name="new_posting"),
    path("m/<slug:slug>/desk/lists/postings/<int:number>/", desk.posting, name="posting"),
    path("m/<slug:slug>/desk/lists/postings/<int:number>/text/", desk.posting_text, name="posting_text"),
    path("m/<slug:slug>/desk/lists/postings/<int:number>/sending/", desk.sending, name="sending"),
]
