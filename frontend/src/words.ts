/** What the shell itself says; each island has a catalogue of its own. */
import { catalogue } from "./i18n";

export const t = catalogue({
  "Connection lost, trying again…": "Connexion perdue, nouvelle tentative…",
  "You were signed out. Sign in again to go on.": "Vous avez été déconnecté. Reconnectez-vous pour continuer.",
  "Sign in": "Se connecter",
  "The server cannot be reached. Nothing was changed.": "Le serveur est injoignable. Rien n’a été modifié.",
  "This was not done: the server failed.": "Cela n’a pas été fait : le serveur a connu une défaillance.",
  "This was not done.": "Cela n’a pas été fait.",
  "This is no longer there.": "Ceci n’existe plus.",
  "Close": "Fermer",
  "Remark": "Remarque",
  "Confirm": "Confirmer",
  "Cancel": "Annuler",
  "The passkey was not used: it was cancelled, or this device does not know it.":
    "La clé d’accès n’a pas servi : l’opération a été annulée, ou cet appareil ne la connaît pas.",
  "The file is being made…": "Le fichier est en préparation…",
  "Saved: %(name)": "Enregistré : %(name)",
  "Picture of the table “{title}”, which has the same figures.": "Image du tableau « {title} », qui contient les mêmes chiffres.",
  "Copied": "Copié",
  "This could not be copied. Select it and copy it by hand.":
    "La copie n’a pas abouti. Sélectionnez le texte et copiez-le vous-même.",
});
