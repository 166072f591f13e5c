/** What the video room says to people. */
import { catalogue } from "../../i18n";

export const t = catalogue({
  // before joining
  "Video room": "Salle vidéo",
  "See and hear the other delegations. You can follow the meeting on this page without it.":
    "Pour voir et entendre les autres délégations. Sans elle, vous suivez tout de même la réunion sur cette page.",
  "Join by video": "Rejoindre en vidéo",
  "Watch and listen only": "Regarder et écouter seulement",
  "Before you join": "Avant de rejoindre",
  "Not now": "Pas maintenant",
  "Join with camera and microphone": "Rejoindre avec caméra et micro",
  "Join with microphone": "Rejoindre avec le micro",
  "Join with camera": "Rejoindre avec la caméra",
  "Join without sending anything": "Rejoindre sans rien transmettre",
  "Your picture": "Votre image",
  "The camera is off": "La caméra est éteinte",
  "Camera": "Caméra",
  "Microphone": "Micro",
  "Speaker": "Haut-parleur",
  "Microphone level": "Niveau du micro",
  "System default": "Choix du système",
  "Camera {n}": "Caméra {n}",
  "Microphone {n}": "Micro {n}",
  "Speaker {n}": "Haut-parleur {n}",
  "Joining…": "Connexion…",
  // in the room
  "Mute": "Couper le micro",
  "Share": "Partager l’écran",
  "Devices": "Appareils",
  "Leave video": "Quitter la vidéo",
  "Close": "Fermer",
  "Video controls": "Commandes vidéo",
  "Participants": "Participants",
  "you": "vous",
  "muted": "micro coupé",
  "speaking": "parle",
  "The screen of {name}": "L’écran de {name}",
  "Keep large": "Garder en grand",
  "Connecting…": "Connexion…",
  "Connection interrupted": "Connexion interrompue",
  "No connection; trying again": "Pas de connexion ; nouvel essai",
  "You are the first in the video room.": "Vous êtes la première personne dans la salle vidéo.",
  "{name} joined": "{name} a rejoint la salle",
  "{name} left": "{name} a quitté la salle",
  "Play the sound": "Activer le son",
  "The browser holds back the sound until you allow it.": "Le navigateur retient le son tant que vous ne l’autorisez pas.",
  // keyboard
  "Keyboard shortcuts": "Raccourcis clavier",
  "M: microphone on or off": "M : couper ou rétablir le micro",
  "V: camera on or off": "V : allumer ou éteindre la caméra",
  "S: share the screen, or stop": "S : partager l’écran, ou cesser",
  "Use single keys as shortcuts": "Utiliser ces touches comme raccourcis",
  // verification code
  "end to end": "de bout en bout",
  "compared": "comparé",
  "not compared": "non comparé",
  "agreeing on a code…": "code en cours d’établissement…",
  "not verified": "non vérifié",
  "Verification code": "Code de vérification",
  "Read these digits to each other, all of them, by voice. If everyone sees the same, nobody stands between your browsers. When somebody joins or leaves, the code changes.":
    "Lisez-vous ces chiffres les uns aux autres, de vive voix et en entier. Si tout le monde voit les mêmes, personne ne s’interpose entre vos navigateurs. Le code change dès que quelqu’un arrive ou part.",
  "It cannot protect you from a server that sends an altered program.":
    "Il ne protège pas d’un serveur qui enverrait un programme altéré.",
  "Everyone sees the same": "Tout le monde voit le même",
  "The connection with {name} is not the one that was announced. Say nothing confidential here, and tell the secretariat by another way.":
    "La connexion avec {name} n’est pas celle qui avait été annoncée. Ne dites rien de confidentiel ici et avertissez le secrétariat par un autre moyen.",
  // what went wrong
  "The connection to the server is lost. Trying again…": "La connexion au serveur est perdue. Nouvel essai…",
  "The video room is full: {seats} people are in it. You can go on following the meeting on this page.":
    "La salle vidéo est complète : {seats} personnes s’y trouvent. Vous pouvez continuer à suivre la réunion sur cette page.",
  "You left the video room. You can go on following the meeting on this page.":
    "Vous avez quitté la salle vidéo. Vous pouvez continuer à suivre la réunion sur cette page.",
  "You joined from another window, so this one left the video room.":
    "Vous avez rejoint la salle vidéo depuis une autre fenêtre ; celle-ci l’a donc quittée.",
  "The meeting is not in session, so its video room is closed.":
    "La réunion n’est pas ouverte ; sa salle vidéo est donc fermée.",
  "Your capacity does not give access to this video room.": "Votre qualité ne donne pas accès à cette salle vidéo.",
  "You are signed out. Sign in again to join.": "Vous êtes déconnecté. Connectez-vous de nouveau pour rejoindre.",
  "Join again": "Rejoindre de nouveau",
  "Try again": "Réessayer",
  "Video needs an encrypted connection (https). Ask the administrator of this server; you can follow the meeting without video.":
    "La vidéo exige une connexion chiffrée (https). Adressez-vous à l’administrateur de ce serveur ; vous pouvez suivre la réunion sans vidéo.",
  "This browser has no video calls. You can follow the meeting without video.":
    "Ce navigateur ne permet pas les appels vidéo. Vous pouvez suivre la réunion sans vidéo.",
  "No camera was found. Connect one, or join without it.": "Aucune caméra trouvée. Branchez-en une, ou rejoignez sans caméra.",
  "No microphone was found. Connect one, or join without it.": "Aucun micro trouvé. Branchez-en un, ou rejoignez sans micro.",
  "The browser may not use the camera. Allow it in the address bar, or join without it.":
    "Le navigateur n’a pas accès à la caméra. Autorisez-la dans la barre d’adresse, ou rejoignez sans caméra.",
  "The browser may not use the microphone. Allow it in the address bar, or join without it.":
    "Le navigateur n’a pas accès au micro. Autorisez-le dans la barre d’adresse, ou rejoignez sans micro.",
  "Another program is using the camera. Close it there and try again.":
    "Un autre programme utilise la caméra. Fermez-le, puis réessayez.",
  "Another program is using the microphone. Close it there and try again.":
    "Un autre programme utilise le micro. Fermez-le, puis réessayez.",
  "The camera stopped working.": "La caméra a cessé de fonctionner.",
  "The microphone stopped working.": "Le micro a cessé de fonctionner.",
  "The screen could not be shared.": "L’écran n’a pas pu être partagé.",
  // capacities, as the server names them
  "head of delegation": "chef de délégation",
  "delegate": "délégué",
  "interpreter": "interprète",
  "observer": "observateur",
  "secretariat": "secrétariat",
});
