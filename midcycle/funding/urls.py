"""Addresses of this app."""

from django.urls import path

from midcycle.funding import views

app_name = "funding"
urlpatterns = [
    path("m/<slug:slug>/thanks/", views.thanks, name="thanks"),
    path("m/<slug:slug>/desk/underwriters/", views.underwriters, name="underwriters"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/", views.underwriter, name="underwriter"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/moves/", views.moves, name="moves"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/contacts/", views.contacts, name="contacts"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/contract.pdf", views.contract, name="contract"),
]
