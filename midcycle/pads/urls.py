"""Addresses of pads."""

from django.urls import path

from midcycle.pads import actions, views

app_name = "pads"
urlpatterns = [
    path("m/<slug:slug>/pads/", views.pads, name="pads"),
    path("m/<slug:slug>/pads/<slug:name>/", views.pad, name="pad"),
    path("m/<slug:slug>/pads/<slug:name>/forget-me/", views.forget_me, name="forget_me"),
    path("m/<slug:slug>/pads/<slug:name>/reading/", views.reading, name="reading"),
    path("m/<slug:slug>/pads/<slug:name>.md", views.markdown, name="markdown"),
    path("m/<slug:slug>/pads/<slug:name>.html", views.export, {"form": "html"}, name="html"),
    path("m/<slug:slug>/pads/<slug:name>.etherpad", views.export, {"form": "etherpad"}, name="etherpad"),
    path("m/<slug:slug>/pads.md", views.export_all, {"form": "md"}, name="all_markdown"),
    path("m/<slug:slug>/pads.html", views.export_all, {"form": "html"}, name="all_html"),
    path("m/<slug:slug>/pads.zip", views.archive, name="archive"),
    path("m/<slug:slug>/pads/<slug:name>/ticket/", views.ticket, name="ticket"),
    path("m/<slug:slug>/pads/<slug:name>/guest/", views.let_guest_in, name="let_guest_in"),
    path("m/<slug:slug>/pads/<slug:name>/publish/", views.publish, name="publish"),
    path("m/<slug:slug>/pads/<slug:name>/published/", views.published, name="published"),
    path("m/<slug:slug>/pads/<slug:name>/parts/<slug:part>/take/", views.take_part, name="take_part"),
    path("m/<slug:slug>/pads/<slug:name>/parts/<slug:part>/end/", views.end_part, name="end_part"),
    path("m/<slug:slug>/pads/<slug:name>/words/", views.words, name="words"),
    path("m/<slug:slug>/pads/<slug:name>/lock/", views.lock, {"deed": actions.lock}, name="lock"),
    path("m/<slug:slug>/pads/<slug:name>/unlock/", views.lock, {"deed": actions.unlock}, name="unlock"),
    path("m/<slug:slug>/pads/<slug:name>/history/", views.history, name="history"),
    path("m/<slug:slug>/pads/<slug:name>/history/names/", views.name_version, name="name_version"),
    path("m/<slug:slug>/pads/<slug:name>/history/restore/", views.restore, name="restore"),
    path("m/<slug:slug>/desk/pads/", views.open_pad, name="open_pad"),
    path("m/<slug:slug>/desk/pads/all/", views.open_all, name="open_all"),
    path("m/<slug:slug>/desk/pads/naming/", views.naming, name="naming"),
    path("m/<slug:slug>/desk/pads/writers/", views.writers, name="writers"),
    path("m/<slug:slug>/desk/pads/guests/<uuid:guest>/put-out/", views.end_guest, {"deed": actions.put_out}, name="put_out"),
    path(
        "m/<slug:slug>/desk/pads/guests/<uuid:guest>/forget/",
        views.end_guest,
        {"deed": actions.forget_guest},
        name="forget",
    ),
    path("m/<slug:slug>/desk/pads/import/", views.take_over, name="import"),
    path("m/<slug:slug>/desk/pads/names/", views.names, name="names"),
]
