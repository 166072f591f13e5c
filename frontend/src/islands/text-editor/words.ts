/** What the editor says, in English and French. */
import { catalogue } from "../../i18n";

export const t = catalogue({
  "Text in {language}": "Texte en {language}",
  "Language of the text": "Langue du texte",
  "Editing tools": "Outils de rédaction",
  "Title": "Titre",
  "Heading": "Intertitre",
  "Subheading": "Sous-titre",
  "Bold": "Gras",
  "Italic": "Italique",
  "Bullet list": "Liste à puces",
  "Numbered list": "Liste numérotée",
  "Nest the list item": "Abaisser d’un niveau",
  "Raise the list item": "Relever d’un niveau",
  "Number this paragraph": "Numéroter ce paragraphe",
  "Undo": "Annuler",
  "Redo": "Rétablir",
  "Alt+F10 for the tools, Escape to return to the text.": "Alt+F10 pour les outils, Échap pour revenir au texte.",
  "Connecting…": "Connexion…",
  "Saved": "Enregistré",
  "Saving…": "Enregistrement…",
  "Offline": "Hors ligne",
  "Offline: {n} change is only on this screen. Keep this page open; it is sent when the connection returns. | Offline: {n} changes are only on this screen. Keep this page open; they are sent when the connection returns.":
    "Hors ligne : {n} modification n’existe que sur cet écran. Gardez cette page ouverte ; elle sera envoyée au retour de la connexion. | Hors ligne : {n} modifications n’existent que sur cet écran. Gardez cette page ouverte ; elles seront envoyées au retour de la connexion.",
  "Offline: everything you wrote is saved. You can go on writing; keep this page open.":
    "Hors ligne : tout ce que vous avez écrit est enregistré. Vous pouvez continuer ; gardez cette page ouverte.",
  "Offline: this is the text as it was when the connection was lost.":
    "Hors ligne : voici le texte tel qu’il était à la perte de la connexion.",
  "Connected again: everything is saved.": "Connexion rétablie : tout est enregistré.",
  "Read only": "Lecture seule",
  "Read only: you follow this text without editing it.": "Lecture seule : vous suivez ce texte sans le modifier.",
  "Frozen": "Gelé",
  "Frozen: the text is proposed for adoption, nobody can change it.":
    "Gelé : le texte est proposé à l’adoption, personne ne peut le modifier.",
  "No longer editable": "Modification retirée",
  "You may no longer edit this text.": "Vous ne pouvez plus modifier ce texte.",
  "Signed out": "Session fermée",
  "You are signed out. Sign in again in another window, then reconnect here: nothing you wrote is lost.":
    "Votre session est fermée. Identifiez-vous dans une autre fenêtre, puis reconnectez-vous ici : rien de ce que vous avez écrit n’est perdu.",
  "Not available": "Indisponible",
  "This text is not, or no longer, open to you.": "Ce texte ne vous est pas, ou plus, ouvert.",
  "Not saved": "Non enregistré",
  "The server could not take your last changes. Copy what you need, then load the page again.":
    "Le serveur n’a pas pu recevoir vos dernières modifications. Copiez ce qu’il vous faut, puis rechargez la page.",
  "Reconnect": "Se reconnecter",
  "{n} change could not be saved. | {n} changes could not be saved.":
    "{n} modification n’a pas pu être enregistrée. | {n} modifications n’ont pas pu être enregistrées.",
  "Words you wrote that are not in the text": "Ce que vous avez écrit et qui n’est pas dans le texte",
  "Cancel": "Annuler",
  "This was not done.": "Cela n’a pas été fait.",
  "Acts on the selection": "Actions sur la sélection",
  "Copy": "Copier",
  "Copied": "Copié",
  "Dismiss": "Effacer",
  "In this text now": "Dans ce texte en ce moment",
  "and {n} more | and {n} more": "et {n} autre | et {n} autres",
});
