"""Addresses of the shell."""

from django.urls import path

from concertation.web.views import appearance, home

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("public/", home.public, name="public"),
    path("public/<slug:language>/", home.public, name="public"),
    path("published/", home.published, name="published"),
    path("public/figures/<uuid:key>/proof/", home.prove_figures, name="prove_figures"),
    path("public/figures/<slug:kind>/withdraw/", home.withdraw_figures, name="withdraw_figures"),
    path("waiting/", home.waiting, name="waiting"),
    path("beside/", home.beside, name="beside"),
    path("committed/", home.committed, name="committed"),
    path("appearance/", appearance.choose_theme, name="choose_theme"),
]
