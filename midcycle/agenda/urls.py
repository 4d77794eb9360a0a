"""Addresses of this app."""

from django.urls import path

from midcycle.agenda.views import asking, board, changes, drafts, mine, moving, places, public, sessions

app_name = "agenda"
urlpatterns = [
    path("m/<slug:slug>/agenda/", public.agenda, name="agenda"),
    path("m/<slug:slug>/agenda/changes/", changes.changes, name="changes"),
    path("m/<slug:slug>/agenda/<int:number>/", public.session, name="session"),
    path("m/<slug:slug>/agenda/<int:number>/pick/", mine.pick, name="pick"),
    path("m/<slug:slug>/now/", public.now, name="now"),
    path("m/<slug:slug>/schedule.json", public.schedule_json, name="schedule_json"),
    path("m/<slug:slug>/schedule.ics", public.schedule_ics, name="schedule_ics"),
    path("m/<slug:slug>/my-agenda/", mine.my_agenda, name="my_agenda"),
    path("m/<slug:slug>/my-agenda.ics", mine.my_calendar, name="my_calendar"),
    path("m/<slug:slug>/my-sessions/<str:key>/", asking.my_sessions, name="my_sessions"),
    path("m/<slug:slug>/desk/rooms/", places.rooms, name="rooms"),
    path("m/<slug:slug>/desk/rooms/<int:number>/", places.room, name="room"),
    path("m/<slug:slug>/desk/slots/", places.slots, name="slots"),
    path("m/<slug:slug>/desk/slots/usual/", places.usual_days, name="usual_days"),
    path("m/<slug:slug>/desk/slots/<int:number>/", places.slot, name="slot"),
    path("m/<slug:slug>/desk/agenda/", board.board, name="board"),
    path("m/<slug:slug>/desk/agenda/news/", moving.news, name="news"),
    path("m/<slug:slug>/desk/agenda/moves/", moving.moves, name="moves"),
    path("m/<slug:slug>/desk/agenda/moves/undone/", moving.undone, name="undone"),
    path("m/<slug:slug>/desk/agenda/drafts/", drafts.drafts, name="drafts"),
    path("m/<slug:slug>/desk/agenda/drafts/<int:number>/", drafts.draft, name="kept_draft"),
    path("m/<slug:slug>/desk/agenda/draft/", board.draft, name="draft"),
    path("m/<slug:slug>/desk/agenda/wishes/", board.wishes, name="wishes"),
    path("m/<slug:slug>/desk/agenda/round/", asking.rounds, name="round"),
    path("m/<slug:slug>/desk/agenda/freeze/", asking.freeze, name="freeze"),
    path("m/<slug:slug>/desk/agenda/release/", board.release, name="release"),
    path("m/<slug:slug>/desk/agenda/places/<int:slot>/<int:room>/", board.open_place, name="open_place"),
    path("m/<slug:slug>/desk/agenda/sessions/", sessions.sessions, name="sessions"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/", sessions.session_desk, name="session_desk"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/place/", board.place, name="place"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/pin/", board.pin, name="pin"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/lock/", moving.lock, name="lock"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/prices/", moving.prices, name="prices"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/why/", moving.why, name="why"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/parts/", sessions.parts, name="parts"),
    path("m/<slug:slug>/desk/agenda/sessions/<int:number>/parts/<int:part>/", sessions.part, name="part"),
]
