/** Cameras, microphones and screens: getting one, and saying in words why it cannot be had. */
import { t } from "./words";

export type DeviceSource = "camera" | "mic";
export type Problem = "denied" | "missing" | "in-use" | "stopped";

const CAMERA = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 20, max: 30 } };
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Return a sentence when this page cannot do video at all, null when it can. */
export function unavailable(): string | null {
  if (!isSecureContext) {
    return t(
      "Video needs an encrypted connection (https). Ask the administrator of this server; you can follow the meeting without video.",
    );
  }
  const capable = "RTCPeerConnection" in window && "mediaDevices" in navigator;
  return capable ? null : t("This browser has no video calls. You can follow the meeting without video.");
}

/** Return a live track of the chosen device, of any other when that one is gone; rejects as getUserMedia does. */
export async function capture(source: DeviceSource, deviceId: string): Promise<MediaStreamTrack> {
  const wanted = deviceId ? { deviceId: { ideal: deviceId } } : {};
  const constraints = source === "camera" ? { video: { ...CAMERA, ...wanted } } : { audio: { ...MICROPHONE, ...wanted } };
  const [track] = (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
  if (!track) throw new DOMException("The browser gave no track.", "NotFoundError");
  return track;
}

/** Return the tracks of a shared screen, or none when the person thought better of it. */
export async function captureScreen(): Promise<MediaStreamTrack[]> {
  try {
    return (await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: true })).getTracks();
  } catch (error) {
    if (problemOf(error) === "denied") return [];
    throw error;
  }
}

export function problemOf(error: unknown): Problem {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    default:
      return "in-use"; // NotReadableError, AbortError: the device is there and cannot be read
  }
}

export function sentenceOf(source: DeviceSource, problem: Problem): string {
  const camera = source === "camera";
  switch (problem) {
    case "missing":
      return camera
        ? t("No camera was found. Connect one, or join without it.")
        : t("No microphone was found. Connect one, or join without it.");
    case "denied":
      return camera
        ? t("The browser may not use the camera. Allow it in the address bar, or join without it.")
        : t("The browser may not use the microphone. Allow it in the address bar, or join without it.");
    case "in-use":
      return camera
        ? t("Another program is using the camera. Close it there and try again.")
        : t("Another program is using the microphone. Close it there and try again.");
    case "stopped":
      return camera ? t("The camera stopped working.") : t("The microphone stopped working.");
  }
}
