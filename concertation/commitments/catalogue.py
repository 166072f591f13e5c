"""The usual catalogue of capabilities, with which a coalition can begin; pure. The chair changes it as it likes."""

from typing import NamedTuple

UNITS = {
    "battalions": ("battalion|battalions", "bataillon|bataillons"),
    "companies": ("company|companies", "compagnie|compagnies"),
    "batteries": ("battery|batteries", "batterie|batteries"),
    "headquarters": ("headquarters", "état-major|états-majors"),
    "detachments": ("detachment|detachments", "détachement|détachements"),
    "aircraft": ("aircraft", "aéronef|aéronefs"),
    "ships": ("ship|ships", "navire|navires"),
    "teams": ("team|teams", "équipe|équipes"),
    "hospitals": ("hospital|hospitals", "hôpital|hôpitaux"),
    "vehicles": ("vehicle|vehicles", "véhicule|véhicules"),
    "rounds": ("round|rounds", "obus"),
    "missiles": ("missile|missiles", "missile|missiles"),
    "drones": ("drone|drones", "drone|drones"),
    "trainees": ("trainee a month|trainees a month", "stagiaire par mois|stagiaires par mois"),
    "tonnes": ("tonne|tonnes", "tonne|tonnes"),
    "sorties": ("sortie a month|sorties a month", "sortie par mois|sorties par mois"),
    "generators": ("generator|generators", "groupe électrogène|groupes électrogènes"),
}  # in the form of one, in that of many


class UsualCapability(NamedTuple):
    """One line of the catalogue, as `models.Capability` keeps it."""

    code: str
    names: dict[str, str]
    units: dict[str, str]
    domain: str
    form: str


def _usual(code: str, english: str, french: str, unit: str, domain: str, form: str) -> UsualCapability:
    units = dict(zip(("en", "fr"), UNITS[unit], strict=True)) if unit else {}
    return UsualCapability(code, {"en": english, "fr": french}, units, domain, form)


USUAL = [
    _usual("brigade-headquarters", "Brigade headquarters", "État-major de brigade", "headquarters", "command", "unit"),
    _usual("mechanised-battalion", "Mechanised battalion", "Bataillon mécanisé", "battalions", "land", "unit"),
    _usual("light-infantry", "Light infantry", "Infanterie légère", "companies", "land", "unit"),
    _usual("combat-engineers", "Combat engineers", "Génie de combat", "companies", "land", "unit"),
    _usual("military-engineering", "Airfield engineering", "Génie de l’air", "companies", "land", "unit"),
    _usual("artillery", "Artillery", "Artillerie", "batteries", "land", "unit"),
    _usual("air-defence", "Ground-based air defence", "Défense sol-air", "batteries", "air", "unit"),
    _usual("air-policing", "Air policing", "Police du ciel", "detachments", "air", "unit"),
    _usual("tanker-aircraft", "Air-to-air refuelling", "Ravitaillement en vol", "aircraft", "air", "unit"),
    _usual("strategic-lift", "Strategic lift", "Transport stratégique", "sorties", "logistics", "pool"),
    _usual("surveillance", "Airborne surveillance", "Surveillance aérienne", "aircraft", "command", "unit"),
    _usual("mine-countermeasures", "Mine countermeasures", "Lutte contre les mines", "ships", "sea", "unit"),
    _usual("maritime-patrol", "Maritime patrol", "Patrouille maritime", "aircraft", "sea", "unit"),
    _usual("cyber-defence", "Cyber defence", "Cyberdéfense", "teams", "cyber", "unit"),
    _usual("role-2-hospital", "Role 2 hospital", "Hôpital de rôle 2", "hospitals", "medical", "unit"),
    _usual("logistics", "Logistics", "Soutien logistique", "companies", "logistics", "unit"),
    _usual("training", "Training of soldiers", "Formation de soldats", "trainees", "training", "pool"),
    _usual("ammunition-155", "155 mm ammunition", "Munitions de 155 mm", "rounds", "regeneration", "stock"),
    _usual("air-defence-missiles", "Air defence missiles", "Missiles antiaériens", "missiles", "regeneration", "stock"),
    _usual("armoured-vehicles", "Armoured vehicles", "Véhicules blindés", "vehicles", "regeneration", "stock"),
    _usual("drones", "Drones", "Drones", "drones", "regeneration", "stock"),
    _usual("generators", "Generators", "Groupes électrogènes", "generators", "humanitarian", "stock"),
    _usual("relief-goods", "Relief goods", "Secours", "tonnes", "humanitarian", "stock"),
    _usual("military-aid", "Military aid in money", "Aide militaire en argent", "", "finance", "money"),
    _usual("financial-aid", "Financial aid", "Aide financière", "", "finance", "money"),
    _usual("humanitarian-aid", "Humanitarian aid in money", "Aide humanitaire en argent", "", "humanitarian", "money"),
]
