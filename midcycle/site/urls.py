"""Every address. Each app names its own; this file only says which apps there are."""

from django.urls import include, path

from midcycle.accounts.urls import allauth_patterns
from midcycle.site.api import api, show_document
from midcycle.web.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/openapi.json", show_document, name="openapi"),
    path("api/v1/", api.urls),
    path("", include(allauth_patterns)),
    path("", include("midcycle.accounts.urls")),
    path("", include("midcycle.series.urls")),
    path("", include("midcycle.hosting.urls")),
    path("", include("midcycle.bidding.urls")),
    path("", include("midcycle.funding.urls")),
    path("", include("midcycle.planning.urls")),
    path("", include("midcycle.registration.urls")),
    path("", include("midcycle.invoicing.urls")),
    path("", include("midcycle.topics.urls")),
    path("", include("midcycle.agenda.urls")),
    path("", include("midcycle.pads.urls")),
    path("", include("midcycle.onsite.urls")),
    path("", include("midcycle.photos.urls")),
    path("", include("midcycle.lists.urls")),
    path("", include("midcycle.outcomes.urls")),
    path("", include("midcycle.feedback.urls")),
    path("", include("midcycle.reach.urls")),
    path("", include("midcycle.report.urls")),
    path("", include("midcycle.mailing.urls")),
    path("", include("midcycle.pages.urls")),
]
handler404 = "midcycle.web.views.not_found"
handler429 = "midcycle.web.views.too_many"  # django-allauth asks for it by this name
handler500 = "midcycle.web.views.server_error"
