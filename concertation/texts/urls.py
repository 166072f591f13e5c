"""Addresses of texts."""

from django.urls import path

from concertation.texts.views import acts, layer, pages, proposals, public

app_name = "texts"
urlpatterns = [
    path("texts/", pages.list_texts, name="list"),
    path("texts/new/", acts.create_text, name="create"),
    path("texts/<uuid:key>/", pages.show_text, name="show"),
    path("texts/<uuid:key>/settings/", acts.change_text, name="change"),
    path("texts/<uuid:key>/layer.json", layer.show_layer, name="layer"),
    path("texts/<uuid:key>/print/", pages.print_text, name="print"),
    path("texts/<uuid:key>/adopted.json", pages.adopted_bytes, name="bytes"),
    path("texts/<uuid:key>/propose/", acts.propose, name="propose"),
    path("texts/<uuid:key>/publish/", acts.publish, name="publish"),
    path("texts/<uuid:key>/unpublish/", acts.unpublish, name="unpublish"),
    path("texts/<uuid:key>/proposals/", proposals.list_proposals, name="proposals"),
    path("texts/<uuid:key>/proposals/change/", proposals.propose_change, name="propose_change"),
    path("texts/<uuid:key>/proposals/insert/", proposals.propose_paragraph, name="propose_paragraph"),
    path("texts/<uuid:key>/proposals/delete/", proposals.propose_deletion, name="propose_deletion"),
    path("texts/<uuid:key>/proposals/move/", proposals.propose_move, name="propose_move"),
    path("texts/proposals/<uuid:key>/", proposals.show_proposal, name="proposal"),
    path("texts/proposals/<uuid:key>/changers/", proposals.show_changers, name="proposal_changers"),
    path("texts/proposals/<uuid:key>/support/", proposals.support, name="support_proposal"),
    path("texts/proposals/<uuid:key>/withdraw-support/", proposals.withdraw_support, name="withdraw_support"),
    path("texts/proposals/<uuid:key>/accept/", proposals.accept, name="accept_proposal"),
    path("texts/proposals/<uuid:key>/reject/", proposals.reject, name="reject_proposal"),
    path("texts/proposals/<uuid:key>/take-back/", proposals.take_back, name="take_back_proposal"),
    path("texts/procedures/<uuid:key>/respond/", acts.respond, name="respond"),
    path("texts/procedures/<uuid:key>/withdraw/", acts.withdraw, name="withdraw"),
    path("texts/procedures/<uuid:key>/conclude/", acts.conclude, name="conclude"),
    path("public/texts/<uuid:key>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/<slug:language>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/adopted.json", public.adopted_bytes, name="public_bytes"),
]
