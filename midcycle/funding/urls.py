"""Addresses of this app."""

from django.urls import path

from midcycle.funding import views

app_name = "funding"
urlpatterns = [
    path("m/<slug:slug>/balance/", views.balance, name="balance"),
    path("m/<slug:slug>/balance/glance/", views.glance, name="glance"),
    path("m/<slug:slug>/balance/balance.csv", views.table, name="table"),
    path("m/<slug:slug>/balance/balance.json", views.data, name="data"),
    path("m/<slug:slug>/desk/budget/", views.budget, name="budget"),
    path("m/<slug:slug>/desk/budget/terms/", views.terms, name="terms"),
    path("m/<slug:slug>/desk/budget/publication/", views.publication, name="publication"),
    path("m/<slug:slug>/desk/budget/lines/", views.lines, name="lines"),
    path("m/<slug:slug>/desk/budget/lines/<int:number>/", views.line, name="line"),
    path("m/<slug:slug>/desk/budget/rates/", views.rates, name="rates"),
    path("m/<slug:slug>/desk/budget/rates/<int:number>/", views.rate, name="rate"),
    path("m/<slug:slug>/desk/budget/scenarios/", views.scenarios, name="scenarios"),
    path("m/<slug:slug>/desk/budget/scenarios/<int:number>/", views.scenario, name="scenario"),
    path("m/<slug:slug>/thanks/", views.thanks, name="thanks"),
    path("m/<slug:slug>/desk/underwriters/", views.underwriters, name="underwriters"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/", views.underwriter, name="underwriter"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/moves/", views.moves, name="moves"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/contacts/", views.contacts, name="contacts"),
    path("m/<slug:slug>/desk/underwriters/<int:number>/contract.pdf", views.contract, name="contract"),
]
