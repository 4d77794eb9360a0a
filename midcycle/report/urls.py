"""Addresses of this app."""

from django.urls import path

from midcycle.report import views

app_name = "report"
urlpatterns = [
    path("m/<slug:slug>/report/", views.report, name="report"),
    path("m/<slug:slug>/desk/report/", views.desk, name="desk"),
    path("m/<slug:slug>/desk/report/draft/", views.draft, name="draft"),
    path("m/<slug:slug>/desk/report/preview/", views.preview, name="preview"),
    path("m/<slug:slug>/desk/report/publication/", views.publication, name="publication"),
]
