"""Addresses of seats."""

from django.urls import path

from midcycle.registration import views

app_name = "registration"
urlpatterns = [
    path("m/<slug:slug>/seat/", views.seat, name="seat"),
    path("m/<slug:slug>/seat/letter/", views.letter, name="letter"),
    path("m/<slug:slug>/seat/<slug:token>/", views.status, name="status"),
    path("m/<slug:slug>/seat/<slug:token>/answers/", views.answers, name="answers"),
    path("m/<slug:slug>/seat/<slug:token>/cancellation/", views.cancellation, name="cancellation"),
    path("m/<slug:slug>/seat/<slug:token>/meetup.ics", views.calendar, name="calendar"),
    path("m/<slug:slug>/desk/seats/", views.desk, name="seats"),
    path("m/<slug:slug>/desk/seats/capacity/", views.capacity, name="capacity"),
    path("m/<slug:slug>/desk/seats/opening/", views.opening, name="opening"),
    path("m/<slug:slug>/desk/seats/closing/", views.closing, name="closing"),
    path("m/<slug:slug>/desk/seats/no-shows/", views.no_shows, name="no_shows"),
    path("m/<slug:slug>/desk/seats/walk-in/", views.walk_in, name="walk_in"),
    path("m/<slug:slug>/desk/seats/spectrum/", views.spectrum, name="spectrum"),
    path("m/<slug:slug>/desk/seats/seats.csv", views.seats_csv, name="seats_csv"),
    path("m/<slug:slug>/desk/seats/<int:number>/check-in/", views.check_in, name="check_in"),
    path("m/<slug:slug>/desk/seats/<int:number>/check-in/undone/", views.check_in_undone, name="check_in_undone"),
]
