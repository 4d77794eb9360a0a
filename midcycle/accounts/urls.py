"""Addresses of signing in and out. The names without a prefix are those django-allauth looks up."""

from allauth.account import views as allauth
from django.urls import path

from midcycle.accounts import views

app_name = "accounts"
urlpatterns = [
    path("you/", views.you, name="you"),
    path("language/", views.language, name="language"),
    path("demo/sign-in/<str:token>/", views.demo_sign_in, name="demo_sign_in"),
]

allauth_patterns = [
    path("sign-in/", allauth.request_login_code, name="account_request_login_code"),
    path("sign-in/", allauth.request_login_code, name="account_login"),
    path("sign-in/", allauth.request_login_code, name="account_signup"),
    path("sign-in/code/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-in/closed/", allauth.account_inactive, name="account_inactive"),
]
