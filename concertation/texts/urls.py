"""Addresses of texts."""

from django.urls import path

from concertation.texts.views import acts, exports, imports, layer, pages, public, silence

app_name = "texts"
urlpatterns = [
    path("texts/", pages.list_texts, name="list"),
    path("texts/new/", acts.create_text, name="create"),
    path("texts/import/", imports.import_text, name="import"),
    path("texts/import/confirm/", imports.create_imported, name="create_imported"),
    path("texts/<uuid:key>/", pages.show_text, name="show"),
    path("texts/<uuid:key>/export/", exports.export_text, name="export"),
    path("texts/<uuid:key>/proof/", exports.prove_text, name="proof"),
    path("texts/<uuid:key>/import/<slug:language>/", imports.import_into, name="import_into"),
    path("texts/<uuid:key>/import/<slug:language>/confirm/", imports.fill_version, name="fill_version"),
    path("texts/<uuid:key>/settings/", acts.change_text, name="change"),
    path("texts/<uuid:key>/layer.json", layer.show_layer, name="layer"),
    path("texts/<uuid:key>/print/", pages.print_text, name="print"),
    path("texts/<uuid:key>/adopted.json", pages.adopted_bytes, name="bytes"),
    path("texts/<uuid:key>/propose/", acts.propose, name="propose"),
    path("texts/<uuid:key>/publish/", acts.publish, name="publish"),
    path("texts/<uuid:key>/unpublish/", acts.unpublish, name="unpublish"),
    path("texts/<uuid:key>/silence/", silence.start, name="start_silence"),
    path("texts/<uuid:key>/align/", silence.align, name="align"),
    path("texts/<uuid:key>/explain/", silence.explain, name="explain"),
    path("texts/procedures/<uuid:key>/silence/agree/", silence.agree, name="agree_under_silence"),
    path("texts/procedures/<uuid:key>/silence/break/", silence.break_silence, name="break_silence"),
    path("texts/procedures/<uuid:key>/silence/extend/", silence.extend, name="extend_silence"),
    path("texts/procedures/<uuid:key>/respond/", acts.respond, name="respond"),
    path("texts/procedures/<uuid:key>/withdraw/", acts.withdraw, name="withdraw"),
    path("texts/procedures/<uuid:key>/conclude/", acts.conclude, name="conclude"),
    path("public/texts/<uuid:key>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/proof/", exports.prove_public, name="public_proof"),
    path("public/texts/<uuid:key>/<slug:language>/export/", exports.export_public, name="public_export"),
    path("public/texts/<uuid:key>/<slug:language>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/adopted.json", public.adopted_bytes, name="public_bytes"),
]
