"""Addresses of this app."""

from django.urls import path

from midcycle.invoicing import views

app_name = "invoicing"
urlpatterns = [
    path("m/<slug:slug>/money/", views.money, name="money"),
    path("m/<slug:slug>/money.csv", views.money_csv, name="money_csv"),
    path("m/<slug:slug>/money.json", views.money_json, name="money_json"),
    path("m/<slug:slug>/money/<str:currency>/<slug:account>/", views.movements, name="movements"),
    path("m/<slug:slug>/invoices/<str:key>/invoice.pdf", views.payer_pdf, name="payer_pdf"),
    path("m/<slug:slug>/fees/", views.cost, name="cost"),
    path("m/<slug:slug>/seat/<slug:token>/fee/", views.own_fee, name="own_fee"),
    path("m/<slug:slug>/fees/card/", views.card_return, name="card_return"),
    path("payments/stripe/events/", views.card_events, name="card_events"),
    path("m/<slug:slug>/seat/<slug:token>/fee/card/", views.own_card, name="own_card"),
    path("m/<slug:slug>/seat/<slug:token>/fee/invoice/", views.own_invoice, name="own_invoice"),
    path("m/<slug:slug>/desk/fees/", views.fees, name="fees"),
    path("m/<slug:slug>/desk/fees/terms/", views.fee_terms, name="fee_terms"),
    path("m/<slug:slug>/desk/fees/asked/", views.asked, name="fees_asked"),
    path("m/<slug:slug>/desk/fees/reminders/", views.fee_reminders, name="fee_reminders"),
    path("m/<slug:slug>/desk/fees/<int:number>/waived/", views.waived, name="fee_waived"),
    path("m/<slug:slug>/desk/fees/cards/<int:number>/back/", views.card_back, name="card_back"),
    path("m/<slug:slug>/desk/invoices/", views.invoices, name="invoices"),
    path("m/<slug:slug>/desk/invoices/issuer/", views.issuer, name="issuer"),
    path("m/<slug:slug>/desk/invoices/new/", views.new_invoice, name="new"),
    path("m/<slug:slug>/desk/invoices/pledges/<int:number>/", views.pledge, name="pledge"),
    path("m/<slug:slug>/desk/invoices/<int:number>/", views.invoice, name="invoice"),
    path("m/<slug:slug>/desk/invoices/<int:number>/issued/", views.issued, name="issued"),
    path("m/<slug:slug>/desk/invoices/<int:number>/credit/", views.credit, name="credit"),
    path("m/<slug:slug>/desk/invoices/<int:number>/reminders/", views.reminders, name="reminders"),
    path("m/<slug:slug>/desk/invoices/<int:number>/letters/", views.letters, name="letters"),
    path("m/<slug:slug>/desk/invoices/<int:number>/invoice.pdf", views.pdf, name="pdf"),
    path("m/<slug:slug>/desk/invoices/<int:number>/factur-x.xml", views.xml, name="xml"),
    path("m/<slug:slug>/desk/invoices/<int:number>/xrechnung.xml", views.xrechnung, name="xrechnung"),
    path("m/<slug:slug>/desk/ledger/", views.ledger, name="ledger"),
    path("m/<slug:slug>/desk/ledger/<int:number>/", views.entry, name="entry"),
    path("m/<slug:slug>/desk/ledger/published/", views.published, name="published"),
    path("m/<slug:slug>/desk/bank/", views.bank, name="bank"),
    path("m/<slug:slug>/desk/bank/<int:number>/", views.bank_line, name="bank_line"),
]
