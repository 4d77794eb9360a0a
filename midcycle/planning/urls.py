"""Addresses of this app."""

from django.urls import path

from midcycle.planning.views import letters, minutes, news, tasks

app_name = "planning"
urlpatterns = [
    path("m/<slug:slug>/tasks.ics", letters.calendar, name="calendar"),
    path("m/<slug:slug>/tasks/letters/<slug:key>/", letters.stop, name="stop"),
    path("m/<slug:slug>/desk/tasks/", tasks.tasks, name="tasks"),
    path("m/<slug:slug>/desk/tasks/new/", tasks.new_task, name="new_task"),
    path("m/<slug:slug>/desk/tasks/usual/", tasks.usual, name="usual"),
    path("m/<slug:slug>/desk/tasks/earlier/", tasks.earlier, name="earlier"),
    path("m/<slug:slug>/desk/tasks/news/", news.news, name="news"),
    path("m/<slug:slug>/desk/tasks/letters/", letters.letters, name="letters"),
    path("m/<slug:slug>/desk/tasks/letters/calendar/", letters.address, name="address"),
    path("m/<slug:slug>/desk/tasks/about/<slug:thing>/", tasks.about, name="about"),
    *(path(f"m/<slug:slug>/desk/tasks.{kind}", tasks.table, {"kind": kind}, name=f"tasks_{kind}") for kind in ("csv", "xlsx")),
    path("m/<slug:slug>/desk/tasks/<int:number>/", tasks.task, name="task"),
    path("m/<slug:slug>/desk/tasks/<int:number>/done/", tasks.done, name="done"),
    path("m/<slug:slug>/desk/minutes/", minutes.all_minutes, name="all_minutes"),
    path("m/<slug:slug>/desk/minutes/new/", minutes.new_minutes, name="new_minutes"),
    path("m/<slug:slug>/desk/minutes/<int:number>/", minutes.minutes, name="minutes"),
    path("m/<slug:slug>/desk/minutes/<int:number>/text/", minutes.text, name="minutes_text"),
]
