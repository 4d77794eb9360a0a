"""Addresses of this app."""

from django.urls import path

from midcycle.feedback import views

app_name = "feedback"
urlpatterns = [
    path("m/<slug:slug>/feedback/", views.door, name="door"),
    path("m/<slug:slug>/feedback/<slug:key>/", views.survey, name="survey"),
    path("m/<slug:slug>/desk/feedback/", views.desk, name="desk"),
    path("m/<slug:slug>/desk/feedback/survey/", views.survey_state, name="survey_state"),
    path("m/<slug:slug>/desk/feedback/hands/", views.hands, name="hands"),
    path("m/<slug:slug>/desk/feedback/hands/<int:number>/", views.hand_count, name="hand_count"),
    path("m/<slug:slug>/desk/feedback/remarks/", views.remarks, name="remarks"),
    path("m/<slug:slug>/desk/feedback/remarks/<int:number>/", views.remark, name="remark"),
]
