"""Addresses of this app."""

from django.urls import path

from midcycle.funding import views

app_name = "funding"
urlpatterns = [
    path("m/<slug:slug>/desk/underwriters/", views.underwriters, name="underwriters"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/", views.underwriter, name="underwriter"),
]
