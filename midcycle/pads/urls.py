"""Addresses of pads."""

from django.urls import path

from midcycle.pads import actions
from midcycle.pads.views import desk, history, pad, reading

app_name = "pads"
urlpatterns = [
    path("m/<slug:slug>/pads/", reading.pads, name="pads"),
    path("m/<slug:slug>/pads/<slug:name>/", pad.pad, name="pad"),
    path("m/<slug:slug>/pads/<slug:name>/forget-me/", history.forget_me, name="forget_me"),
    path("m/<slug:slug>/pads/<slug:name>/reading/", reading.reading, name="reading"),
    path("m/<slug:slug>/pads/<slug:name>.md", reading.markdown, name="markdown"),
    path("m/<slug:slug>/pads/<slug:name>.html", reading.export, {"form": "html"}, name="html"),
    path("m/<slug:slug>/pads/<slug:name>.etherpad", reading.export, {"form": "etherpad"}, name="etherpad"),
    path("m/<slug:slug>/pads.md", reading.export_all, {"form": "md"}, name="all_markdown"),
    path("m/<slug:slug>/pads.html", reading.export_all, {"form": "html"}, name="all_html"),
    path("m/<slug:slug>/pads.zip", reading.archive, name="archive"),
    path("m/<slug:slug>/pads/<slug:name>/ticket/", pad.ticket, name="ticket"),
    path("m/<slug:slug>/pads/<slug:name>/guest/", pad.let_guest_in, name="let_guest_in"),
    path("m/<slug:slug>/pads/<slug:name>/publish/", pad.publish, name="publish"),
    path("m/<slug:slug>/pads/<slug:name>/published/", reading.published, name="published"),
    path("m/<slug:slug>/pads/<slug:name>/parts/<slug:part>/take/", pad.take_part, name="take_part"),
    path("m/<slug:slug>/pads/<slug:name>/parts/<slug:part>/end/", pad.end_part, name="end_part"),
    path("m/<slug:slug>/pads/<slug:name>/words/", pad.words, name="words"),
    path("m/<slug:slug>/pads/<slug:name>/lock/", pad.lock, {"deed": actions.lock}, name="lock"),
    path("m/<slug:slug>/pads/<slug:name>/unlock/", pad.lock, {"deed": actions.unlock}, name="unlock"),
    path("m/<slug:slug>/pads/<slug:name>/history/", history.history, name="history"),
    path("m/<slug:slug>/pads/<slug:name>/history/names/", history.name_version, name="name_version"),
    path("m/<slug:slug>/pads/<slug:name>/history/restore/", history.restore, name="restore"),
    path("m/<slug:slug>/desk/pads/", desk.open_pad, name="open_pad"),
    path("m/<slug:slug>/desk/pads/all/", desk.open_all, name="open_all"),
    path("m/<slug:slug>/desk/pads/naming/", desk.naming, name="naming"),
    path("m/<slug:slug>/desk/pads/writers/", desk.writers, name="writers"),
    path("m/<slug:slug>/desk/pads/guests/<uuid:guest>/put-out/", desk.end_guest, {"deed": actions.put_out}, name="put_out"),
    path(
        "m/<slug:slug>/desk/pads/guests/<uuid:guest>/forget/",
        desk.end_guest,
        {"deed": actions.forget_guest},
        name="forget",
    ),
    path("m/<slug:slug>/desk/pads/import/", desk.take_over, name="import"),
    path("m/<slug:slug>/desk/pads/names/", desk.names, name="names"),
    path("m/<slug:slug>/desk/pads/names/<int:number>/", desk.take_name, name="take_name"),
]
