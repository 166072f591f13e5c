"""Addresses of texts."""

from django.urls import path

from concertation.texts.views import acts, layer, pages, public, versions

app_name = "texts"
urlpatterns = [
    path("texts/", pages.list_texts, name="list"),
    path("texts/new/", acts.create_text, name="create"),
    path("texts/<uuid:key>/", pages.show_text, name="show"),
    path("texts/<uuid:key>/settings/", acts.change_text, name="change"),
    path("texts/<uuid:key>/layer.json", layer.show_layer, name="layer"),
    path("texts/<uuid:key>/versions/", versions.show_versions, name="versions"),
    path("texts/<uuid:key>/compare/", versions.compare, name="compare"),
    path("texts/<uuid:key>/restore/", versions.restore, name="restore"),
    path("texts/<uuid:key>/circulate/", versions.circulate, name="circulate"),
    path("texts/<uuid:key>/print/", pages.print_text, name="print"),
    path("texts/<uuid:key>/adopted.json", pages.adopted_bytes, name="bytes"),
    path("texts/<uuid:key>/propose/", acts.propose, name="propose"),
    path("texts/<uuid:key>/publish/", acts.publish, name="publish"),
    path("texts/<uuid:key>/unpublish/", acts.unpublish, name="unpublish"),
    path("texts/procedures/<uuid:key>/respond/", acts.respond, name="respond"),
    path("texts/procedures/<uuid:key>/withdraw/", acts.withdraw, name="withdraw"),
    path("texts/procedures/<uuid:key>/conclude/", acts.conclude, name="conclude"),
    path("public/texts/<uuid:key>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/<slug:language>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/adopted.json", public.adopted_bytes, name="public_bytes"),
]
