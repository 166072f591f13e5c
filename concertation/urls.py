"""The address space: one line an app."""

from django.urls import include, path

urlpatterns = [
    path("", include("concertation.web.urls")),
    path("coalition/", include("concertation.coalition.urls")),
    path("", include("concertation.texts.urls")),
    path("watch/measures/", include("concertation.pressure.urls")),
    path("watch/", include("concertation.situation.urls")),
    path("commit/", include("concertation.commitments.urls")),
    path("meetings/", include("concertation.meetings.urls")),
    path("record/", include("concertation.record.urls")),
    path("sign-in/", include("concertation.accounts.urls")),
    path("account/", include("concertation.accounts.sign_in_urls")),
]

handler400 = "concertation.web.views.errors.bad_request"
handler403 = "concertation.web.views.errors.forbidden"
handler404 = "concertation.web.views.errors.not_found"
handler500 = "concertation.web.views.errors.broken"
