"""Addresses of outcomes."""

from django.urls import path

from midcycle.outcomes.views import desk, mine, public, tags

app_name = "outcomes"
_DESK = "m/<slug:slug>/desk/outcomes/"
urlpatterns = [
    path("m/<slug:slug>/outcomes/", public.outcomes, name="outcomes"),
    path("m/<slug:slug>/outcomes/<int:number>/", public.action, name="action"),
    path("m/<slug:slug>/outcomes/<int:number>/take/", public.take, name="take"),
    path("m/<slug:slug>/outcomes.md", public.markdown, name="markdown"),
    path("m/<slug:slug>/outcomes/<slug:name>.csv", public.file, {"kind": "csv"}, name="csv"),
    path("m/<slug:slug>/outcomes/<slug:name>.jsonl", public.file, {"kind": "jsonl"}, name="json_lines"),
    path("m/<slug:slug>/outcomes/mine/", mine.mine, name="mine"),
    path("m/<slug:slug>/outcomes/mine/<slug:key>/", mine.by_key, name="by_key"),
    path("m/<slug:slug>/outcomes/letters/<slug:key>/", mine.letters, name="letters"),
    path("m/<slug:slug>/outcomes/earlier/", public.earlier, name="earlier"),
    path("m/<slug:slug>/outcomes/earlier/actions/<int:number>/", public.carry_action, name="carry_action"),
    path("m/<slug:slug>/outcomes/earlier/tags/<int:number>/", public.carry_tag, name="carry_tag"),
    path(_DESK, desk.desk, name="desk"),
    path(f"{_DESK}asking/", desk.asking, name="asking"),
    path(f"{_DESK}tags/", tags.tags, name="tags"),
    path(f"{_DESK}tags/<int:number>/", tags.tag, name="desk_tag"),
    path(f"{_DESK}tags/<int:number>/into/", tags.into, name="into"),
    path(f"{_DESK}tags/<int:number>/traces/", tags.traces, name="tag_traces"),
    path(f"{_DESK}tags/<int:number>/meant/", tags.meant, name="tag_meant"),
    path(f"{_DESK}traces/<int:number>/", desk.trace, name="trace"),
    path(f"{_DESK}<int:number>/", desk.action, name="desk_action"),
    path(f"{_DESK}<int:number>/owner/", desk.owner, name="owner"),
    path(f"{_DESK}<int:number>/words/", desk.words, name="words"),
    path(f"{_DESK}<int:number>/parts/", desk.parts, name="parts"),
    path(f"{_DESK}<int:number>/state/", desk.state, name="state"),
    path(f"{_DESK}<int:number>/traces/", desk.traces, name="traces"),
    path(f"{_DESK}<int:number>/meant/", desk.meant, name="meant"),
    path(f"{_DESK}<int:number>/keeping/", desk.keeping, name="keeping"),
]
