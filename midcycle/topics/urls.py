"""Addresses of this app."""

from django.urls import path

from midcycle.topics import views

app_name = "topics"
urlpatterns = [
    path("m/<slug:slug>/topics/", views.topics, name="topics"),
    path("m/<slug:slug>/topics/ranking/", views.ranking, name="ranking"),
    path("m/<slug:slug>/topics/mine/", views.mine, name="mine"),
    path("m/<slug:slug>/topics/mine.json", views.mine_file, name="mine_file"),
    path("m/<slug:slug>/topics/voting/", views.voting, name="voting"),
    path("m/<slug:slug>/topics/languages/", views.languages, name="languages"),
    path("m/<slug:slug>/topics/languages/<slug:language>/", views.languages, name="topics_in"),
    path("m/<slug:slug>/topics/pad/", views.pad, name="pad"),
    path("m/<slug:slug>/topics/pad.txt", views.pad_file, name="pad_file"),
    path("m/<slug:slug>/topics/<int:number>/", views.topic, name="topic"),
    path("m/<slug:slug>/topics/<int:number>/wording/", views.wording, name="wording"),
    path("m/<slug:slug>/topics/<int:number>/support/", views.support, name="support"),
    path("m/<slug:slug>/topics/<int:number>/offer/", views.offer, name="offer"),
    path("m/<slug:slug>/topics/<int:number>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("m/<slug:slug>/topics/<int:number>/comments/", views.comments, name="comments"),
    path("m/<slug:slug>/topics/<int:number>/comments/<int:comment>/", views.comment, name="comment"),
    path("m/<slug:slug>/topics/<int:number>/leads/", views.invitations, name="invitations"),
    path("m/<slug:slug>/topics/<int:number>/leads/<slug:token>/", views.invitation, name="invitation"),
    path("m/<slug:slug>/topics/<int:number>/merging/", views.merging, name="merging"),
    path("m/<slug:slug>/topics/<int:number>/brought-back/", views.bring_back, name="bring_back"),
    path("m/<slug:slug>/topics/<int:number>/splitting/", views.splitting, name="splitting"),
    path("m/<slug:slug>/topics/<int:number>/related/", views.related, name="related"),
]
