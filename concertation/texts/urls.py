"""Addresses of texts."""

from django.urls import path

from concertation.texts.views import acts, brackets, languages, layer, pages, public, silence

app_name = "texts"
urlpatterns = [
    path("texts/", pages.list_texts, name="list"),
    path("texts/new/", acts.create_text, name="create"),
    path("texts/<uuid:key>/", pages.show_text, name="show"),
    path("texts/<uuid:key>/settings/", acts.change_text, name="change"),
    path("texts/<uuid:key>/layer.json", layer.show_layer, name="layer"),
    path("texts/<uuid:key>/languages/", languages.show_languages, name="languages"),
    path("texts/<uuid:key>/languages/confirm/", languages.confirm, name="confirm_step"),
    path("texts/<uuid:key>/languages/confirm-all/", languages.confirm_all, name="confirm_version"),
    path("texts/<uuid:key>/languages/dismiss/", languages.dismiss, name="dismiss_difference"),
    path("texts/<uuid:key>/counterparts/add/", languages.add_counterpart, name="add_counterpart"),
    path("texts/<uuid:key>/counterparts/join/", languages.join_counterparts, name="join_counterparts"),
    path("texts/<uuid:key>/counterparts/part/", languages.part_counterparts, name="part_counterparts"),
    path("texts/<uuid:key>/counterparts/name/", languages.name_paragraphs, name="name_paragraphs"),
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
    path("texts/<uuid:key>/brackets/", brackets.show_brackets, name="brackets"),
    path("texts/<uuid:key>/brackets/place/", brackets.place_bracket, name="place_bracket"),
    path("texts/brackets/<uuid:key>/join/", brackets.join_bracket, name="join_bracket"),
    path("texts/brackets/<uuid:key>/leave/", brackets.leave_bracket, name="leave_bracket"),
    path("texts/brackets/<uuid:key>/lift/", brackets.lift_bracket, name="lift_bracket"),
    path("texts/brackets/<uuid:key>/alternatives/", brackets.add_alternative, name="add_alternative"),
    path("texts/brackets/<uuid:key>/support/", brackets.support_alternative, name="support_alternative"),
    path("texts/brackets/<uuid:key>/choose/", brackets.choose_alternative, name="choose_alternative"),
    path("texts/alternatives/<uuid:key>/withdraw/", brackets.withdraw_alternative, name="withdraw_alternative"),
    path("public/texts/<uuid:key>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/<slug:language>/", public.show_text, name="public"),
    path("public/texts/<uuid:key>/adopted.json", public.adopted_bytes, name="public_bytes"),
]
