"""Addresses of this app."""

from django.urls import path

from midcycle.feedback.views import answering, building, desk, hands, paper, retrospective, sessions

app_name = "feedback"
urlpatterns = [
    path("m/<slug:slug>/feedback/", answering.door, name="door"),
    path("m/<slug:slug>/feedback/results/", answering.results, name="results"),
    path("m/<slug:slug>/feedback/sessions/", sessions.in_room, name="in_room"),
    path("m/<slug:slug>/agenda/<int:number>/feedback/", sessions.session, name="session"),
    path("m/<slug:slug>/desk/feedback/sessions/", sessions.sessions, name="sessions"),
    path("m/<slug:slug>/feedback/<slug:key>/", answering.survey, name="survey"),
    path("m/<slug:slug>/desk/feedback/", desk.desk, name="desk"),
    path("m/<slug:slug>/desk/feedback/survey/", building.survey_state, name="survey_state"),
    path("m/<slug:slug>/desk/feedback/questions/", building.questions, name="questions"),
    path("m/<slug:slug>/desk/feedback/questions/standard/", building.standard, name="standard"),
    path("m/<slug:slug>/desk/feedback/questions/new/", building.question_new, name="question_new"),
    path("m/<slug:slug>/desk/feedback/questions/preview/", building.preview, name="preview"),
    path("m/<slug:slug>/desk/feedback/questions/<int:number>/", building.question, name="question"),
    path("m/<slug:slug>/desk/feedback/questions/<int:number>/place/", building.question_place, name="question_place"),
    path(
        "m/<slug:slug>/desk/feedback/questions/<int:number>/retirement/",
        building.question_retirement,
        name="question_retirement",
    ),
    path("m/<slug:slug>/desk/feedback/figures/", desk.figures, name="figures"),
    path("m/<slug:slug>/desk/feedback/retrospective/", retrospective.retrospective, name="retrospective"),
    path("m/<slug:slug>/desk/feedback/retrospective/<int:number>/", retrospective.lesson, name="lesson"),
    path("m/<slug:slug>/desk/feedback/handed-on/<int:number>/", retrospective.handed_on, name="handed_on"),
    path("m/<slug:slug>/desk/feedback/wrap-up/", retrospective.wrap_up, name="wrap_up"),
    path("m/<slug:slug>/desk/feedback/words/", desk.words, name="words"),
    path("m/<slug:slug>/desk/feedback/paper/", paper.entry, name="paper"),
    path("m/<slug:slug>/desk/feedback/paper.pdf", paper.sheet, name="paper_pdf"),
    path("m/<slug:slug>/hands/", hands.counter, name="counter"),
    path("m/<slug:slug>/desk/feedback/hands/<int:number>/parts/<int:part>/", hands.part, name="hand_part"),
    path("m/<slug:slug>/desk/feedback/hands/", desk.hands, name="hands"),
    path("m/<slug:slug>/desk/feedback/hands/<int:number>/", desk.hand_count, name="hand_count"),
    path("m/<slug:slug>/desk/feedback/remarks/", desk.remarks, name="remarks"),
    path("m/<slug:slug>/desk/feedback/remarks/<int:number>/", desk.remark, name="remark"),
]
