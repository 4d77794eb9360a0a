"""Addresses of this app."""

from django.urls import path

from midcycle.series.views import belonging, calendar, series

app_name = "series"
urlpatterns = [
    path("series/", series.index, name="index"),
    path("series/<slug:slug>/", series.show, name="series"),
    path("series/<slug:slug>/rule/", series.rule, name="rule"),
    path("series/<slug:slug>/file/", series.take_in, name="take_in"),
    path("series/<slug:slug>/editions/new/", series.new_past, name="new_past"),
    path("series/<slug:slug>/editions/<int:number>/", series.past, name="past"),
    path("series/<slug:slug>/editions/<int:number>/removal/", series.past_removal, name="past_removal"),
    path("series/<slug:slug>/exceptions/<slug:key>/", series.exception, name="exception"),
    path("series/<slug:slug>/exceptions/<int:number>/removal/", series.exception_removal, name="exception_removal"),
    path("m/<slug:slug>/desk/series/", belonging.belonging, name="belonging"),
    path("m/<slug:slug>/desk/beside/", belonging.beside, name="beside"),
    path("m/<slug:slug>/desk/beside/removal/", belonging.beside_removal, name="beside_removal"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/calendar.ics", calendar.calendar_file, name="calendar_file"),
    path("calendar/file/", calendar.take_in, name="calendar_take_in"),
    path("calendar/events/new/", calendar.new_event, name="new_event"),
    path("calendar/events/<int:number>/", calendar.event, name="event"),
    path("calendar/events/<int:number>/removal/", calendar.event_removal, name="event_removal"),
]
