"""Addresses of seats."""

from django.urls import path

from midcycle.registration.views import desk, exports, imports, paper, place, seat

app_name = "registration"
urlpatterns = [
    path("m/<slug:slug>/seat/", seat.seat, name="seat"),
    path("m/<slug:slug>/seat/<slug:token>/", seat.status, name="status"),
    path("m/<slug:slug>/seat/<slug:token>/answers/", seat.answers, name="answers"),
    path("m/<slug:slug>/seat/<slug:token>/cancellation/", seat.cancellation, name="cancellation"),
    path("m/<slug:slug>/seat/<slug:token>/meetup.ics", seat.calendar, name="calendar"),
    path("m/<slug:slug>/seat/<slug:token>/ticket.svg", seat.ticket, name="ticket"),
    path("m/<slug:slug>/seat/<slug:token>/acceptance/", place.acceptance, name="acceptance"),
    path("m/<slug:slug>/seat/<slug:token>/notice/", place.notice, name="notice"),
    path("m/<slug:slug>/seat/<slug:token>/transfer/", place.transfer, name="transfer"),
    path("m/<slug:slug>/seat/<slug:token>/transfer/withdrawn/", place.transfer_withdrawn, name="transfer_withdrawn"),
    path("m/<slug:slug>/seat/<slug:token>/colleagues/", place.colleagues, name="colleagues"),
    path("m/<slug:slug>/seat/<slug:token>/data.json", place.data, name="data"),
    path("m/<slug:slug>/seat/<slug:token>/erasure/", place.erasure, name="erasure"),
    path("m/<slug:slug>/transfer/<slug:token>/", place.take_over, name="take_over"),
    path("m/<slug:slug>/desk/seats/", desk.desk, name="seats"),
    path("m/<slug:slug>/desk/seats/capacity/", desk.capacity, name="capacity"),
    path("m/<slug:slug>/desk/seats/opening/", desk.opening, name="opening"),
    path("m/<slug:slug>/desk/seats/closing/", desk.closing, name="closing"),
    path("m/<slug:slug>/desk/seats/no-shows/", desk.no_shows, name="no_shows"),
    path("m/<slug:slug>/desk/seats/walk-in/", desk.walk_in, name="walk_in"),
    path("m/<slug:slug>/desk/seats/spectrum/", desk.spectrum, name="spectrum"),
    path("m/<slug:slug>/desk/seats/paper/", paper.paper, name="paper"),
    path("m/<slug:slug>/desk/seats/paper/badges.pdf", paper.badges, name="badges"),
    path("m/<slug:slug>/desk/seats/paper/security-list.pdf", paper.security_list, name="security_list"),
    path("m/<slug:slug>/desk/seats/paper/check-in-sheets.pdf", paper.check_in_sheets, name="check_in_sheets"),
    path("m/<slug:slug>/desk/seats/seats.<slug:kind>", exports.seats, name="seats_file"),
    path("m/<slug:slug>/desk/seats/needs.<slug:kind>", exports.needs, name="needs_file"),
    path("m/<slug:slug>/desk/seats/imports/", imports.imports, name="imports"),
    path("m/<slug:slug>/desk/seats/imports/<int:number>/", imports.show, name="import"),
    path("m/<slug:slug>/desk/seats/imports/<int:number>/trial/", imports.trial, name="import_trial"),
    path("m/<slug:slug>/desk/seats/imports/<int:number>/taken-over/", imports.taken_over, name="import_taken_over"),
    path("m/<slug:slug>/desk/seats/imports/<int:number>/undone/", imports.undone, name="import_undone"),
    path("m/<slug:slug>/desk/seats/imports/<int:number>/thrown-away/", imports.thrown_away, name="import_thrown_away"),
    path("m/<slug:slug>/desk/seats/<int:number>/check-in/", desk.check_in, name="check_in"),
    path("m/<slug:slug>/desk/seats/<int:number>/check-in/undone/", desk.check_in_undone, name="check_in_undone"),
]
