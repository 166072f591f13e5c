"""Addresses of texts."""

from django.urls import path

from concertation.texts.views import acts, agreement, layer, pages, public, silence

app_name = "texts"
urlpatterns = [
    path("texts/", pages.list_texts, name="list"),
    path("texts/new/", acts.create_text, name="create"),
    path("texts/<uuid:key>/", pages.show_text, name="show"),
    path("texts/<uuid:key>/settings/", acts.change_text, name="change"),
    path("texts/<uuid:key>/layer.json", layer.show_layer, name="layer"),
    path("texts/<uuid:key>/agreement/", agreement.show_matrix, name="matrix"),
    path("texts/<uuid:key>/agreement/card/", agreement.show_card, name="agreement"),
    path("texts/<uuid:key>/agreement/agree/", agreement.agree, name="agree_paragraphs"),
    path("texts/<uuid:key>/agreement/withdraw/", agreement.withdraw, name="withdraw_agreement"),
    path("texts/<uuid:key>/agreement/<slug:paragraph>/", agreement.show_paragraph, name="paragraph"),
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
    path("public/texts/<uuid:key>/<slug:language>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/adopted.json", public.adopted_bytes, name="public_bytes"),
]
