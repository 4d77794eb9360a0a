"""Addresses of this app."""

from django.urls import path

from midcycle.report.views import points
from midcycle.report.views import writing as views

app_name = "report"
urlpatterns = [
    path("m/<slug:slug>/report/", views.report, name="report"),
    path("m/<slug:slug>/report/in/<slug:language>/", views.report, name="report_in"),
    path("m/<slug:slug>/report.md", views.markdown, name="markdown"),
    path("m/<slug:slug>/report.pdf", views.paper, name="paper"),
    path("m/<slug:slug>/report/in/<slug:language>/report.md", views.markdown, name="markdown_in"),
    path("m/<slug:slug>/report/in/<slug:language>/report.pdf", views.paper, name="paper_in"),
    path("m/<slug:slug>/desk/report/", views.desk, name="desk"),
    path("m/<slug:slug>/desk/report/draft/", views.draft, name="draft"),
    path("m/<slug:slug>/desk/report/publication/", views.publication, name="publication"),
    path("m/<slug:slug>/data-points/", points.page, name="points"),
    path("m/<slug:slug>/data-points/data-points.json", points.file, name="points_file"),
    path("m/<slug:slug>/desk/data-points/", points.publication, name="points_publication"),
    path("series/<slug:slug>/data-points/", points.series, name="points_series"),
    path("series/<slug:slug>/data-points/<int:number>/removal/", points.removal, name="points_removal"),
    path("schemas/data-points-1.json", points.schema, name="points_schema"),
    path("m/<slug:slug>/desk/report/<slug:key>/", views.section, name="section"),
    path("m/<slug:slug>/desk/report/<slug:key>/preview/", views.preview, name="preview"),
    path("m/<slug:slug>/desk/report/<slug:key>/version/", views.version, name="version"),
]
