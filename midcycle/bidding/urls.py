"""Addresses of this app."""

from django.urls import path

from midcycle.bidding.views import bids, calls, judging, sheets

app_name = "bidding"
urlpatterns = [
    path("m/<slug:slug>/hosts/", calls.hosts, name="hosts"),
    path("m/<slug:slug>/hosts/questions/", judging.questions, name="questions"),
    path("m/<slug:slug>/hosts/questions/<int:number>/", judging.question, name="question"),
    path("m/<slug:slug>/hosts/bids/", calls.bids, name="bids"),
    path("m/<slug:slug>/hosts/bids/<int:number>/", bids.bid, name="bid"),
    path("m/<slug:slug>/hosts/bids/<int:number>/sections/<slug:key>/", bids.section, name="section"),
    path("m/<slug:slug>/hosts/bids/<int:number>/costs/", sheets.costs, name="costs"),
    path("m/<slug:slug>/hosts/bids/<int:number>/costs/currency/", sheets.currency, name="currency"),
    path("m/<slug:slug>/hosts/bids/<int:number>/costs/<int:line>/", sheets.cost, name="cost"),
    path("m/<slug:slug>/hosts/bids/<int:number>/plans/", sheets.plans, name="plans"),
    path("m/<slug:slug>/hosts/bids/<int:number>/plans/<int:plan>/", sheets.plan, name="plan"),
    path("m/<slug:slug>/hosts/bids/<int:number>/editors/", bids.editors, name="editors"),
    path("m/<slug:slug>/hosts/bids/<int:number>/editors/<int:editor>/", bids.editor, name="editor"),
    path("m/<slug:slug>/hosts/bids/<int:number>/handing-in/", bids.handing_in, name="handing_in"),
    path("m/<slug:slug>/hosts/bids/<int:number>/withdrawal/", bids.withdrawal, name="withdrawal"),
    path("m/<slug:slug>/hosts/bids/<int:number>/questions/", judging.bid_questions, name="bid_questions"),
    path("m/<slug:slug>/hosts/comparison/", judging.comparison, name="comparison"),
    path("m/<slug:slug>/hosts/comparison.csv", judging.comparison_file, name="comparison_file"),
    path("m/<slug:slug>/hosts/comparison/mistakes/", judging.mistakes, name="mistakes"),
    path("m/<slug:slug>/hosts/comparison/mistakes/<int:number>/", judging.mistake, name="mistake"),
    path("m/<slug:slug>/hosts/comparison/<int:number>/<slug:key>/", judging.cell, name="cell"),
    path("m/<slug:slug>/hosts/group/", judging.group, name="group"),
    path("m/<slug:slug>/hosts/group/<int:number>/", judging.scores, name="scores"),
    path("m/<slug:slug>/hosts/decision/", judging.decision, name="decision"),
    path("m/<slug:slug>/desk/hosts/", calls.desk, name="desk"),
    path("m/<slug:slug>/desk/hosts/criteria/", calls.criteria, name="criteria"),
    path("m/<slug:slug>/desk/hosts/criteria/<int:number>/", calls.criterion, name="criterion"),
    path("m/<slug:slug>/desk/hosts/members/", calls.members, name="members"),
    path("m/<slug:slug>/desk/hosts/members/<int:number>/", calls.member, name="member"),
    path("m/<slug:slug>/desk/hosts/keeper/", calls.keeper, name="keeper"),
    path("m/<slug:slug>/desk/hosts/opening/", calls.opening, name="opening"),
    path("m/<slug:slug>/desk/hosts/deadline/", calls.deadline, name="deadline"),
]
