"""What is wrong with a catalogue, in sentences a person can act on."""

from django.utils.translation import gettext as _

from concertation.pressure.cataloguing import BadCatalogue


def sentence_of(fault: BadCatalogue) -> str:
    """Return why the file was not taken, and at which programme."""
    sentences = {
        "too_big": _("The file is bigger than 1.5 MB."),
        "not_json": _("This is not JSON in UTF-8."),
        "not_a_list": _("This is not a list of programmes."),
        "too_many": _("There are more than 2,000 programmes in the file."),
        "not_an_object": _("This is not a programme."),
        "no_text": _("“%(value)s” must be text, not empty."),
        "no_list": _("“%(value)s” must be a list of texts."),
        "too_long": _("“%(value)s” is too long."),
        "twice": _("“%(value)s” stands here for the second time."),
        "bad_link": _("The link “%(value)s” must begin with https:// or http://."),
        "unknown_type": _("“%(value)s” is none of the fourteen types of measures."),
        "unknown_territory": _("“%(value)s” is no code of a territory."),
        "unknown_status": _("“%(value)s” is no status; a programme is ended, legacy, or has none."),
    }
    sentence = sentences[fault.fault] % {"value": fault.value}
    if not fault.place:
        return sentence
    return _("Programme %(place)d: %(sentence)s") % {"place": fault.place, "sentence": sentence}
