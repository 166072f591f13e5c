/** What this person sends: one camera, one microphone, one screen; the browser's tracks are the truth. */
import { capture, captureScreen, type DeviceSource, type Problem, problemOf } from "./devices";
import { Emitter } from "./emitter";
import type { Source } from "./room";

export type DeviceKind = DeviceSource | "speaker";

const STORED = "room.device.";
const KIND: Record<DeviceKind, MediaDeviceKind> = { camera: "videoinput", mic: "audioinput", speaker: "audiooutput" };

export class LocalMedia {
  readonly events = new Emitter<{
    /** A source begins (with its track), or ends (null). */
    track: { source: Source; track: MediaStreamTrack | null };
    mute: boolean;
    change: null;
  }>();
  readonly problems = new Map<DeviceSource, Problem>();
  #screenFailed = false;
  #muted = false;
  #devices: MediaDeviceInfo[] = [];
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #refresh = () => void this.#listDevices();

  get muted(): boolean {
    return this.#muted;
  }

  get screenFailed(): boolean {
    return this.#screenFailed;
  }

  get tracks(): ReadonlyMap<Source, MediaStreamTrack> {
    return this.#tracks;
  }

  devices(kind: DeviceKind): MediaDeviceInfo[] {
    return this.#devices.filter((device) => device.kind === KIND[kind] && device.deviceId !== "");
  }

  chosen(kind: DeviceKind): string {
    return localStorage.getItem(STORED + kind) ?? "";
  }

  /** Follow devices that come and go; `close` ends it. */
  open(): void {
    navigator.mediaDevices.addEventListener("devicechange", this.#refresh);
    void this.#listDevices();
  }

  close(): void {
    navigator.mediaDevices.removeEventListener("devicechange", this.#refresh);
    for (const source of [...this.#tracks.keys()]) this.stop(source);
  }

  async start(source: DeviceSource): Promise<void> {
    try {
      const track = await capture(source, this.chosen(source));
      this.problems.delete(source);
      this.#take(source, track);
      if (source === "mic") this.mute(this.#muted);
    } catch (error) {
      this.problems.set(source, problemOf(error));
    }
    await this.#listDevices(); // their names are known only after permission
  }

  stop(source: Source): void {
    const track = this.#tracks.get(source);
    if (!track) return;
    track.onended = null;
    track.stop();
    this.#tracks.delete(source);
    this.events.emit("track", { source, track: null });
    this.events.emit("change", null);
  }

  /** Use another device from now on. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    localStorage.setItem(STORED + kind, deviceId);
    if (kind !== "speaker" && (this.#tracks.has(kind) || this.problems.has(kind))) await this.start(kind);
    this.events.emit("change", null);
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    const track = this.#tracks.get("mic");
    if (track) track.enabled = !muted;
    this.events.emit("mute", muted);
    this.events.emit("change", null);
  }

  async share(): Promise<void> {
    this.#screenFailed = false;
    try {
      for (const track of await captureScreen()) this.#take(track.kind === "video" ? "screen" : "screen-audio", track);
    } catch {
      this.#screenFailed = true;
      this.events.emit("change", null);
    }
  }

  stopSharing(): void {
    this.stop("screen");
    this.stop("screen-audio");
  }

  #take(source: Source, track: MediaStreamTrack): void {
    const former = this.#tracks.get(source);
    if (former) former.onended = null;
    former?.stop();
    track.onended = () => this.#lost(source);
    this.#tracks.set(source, track);
    this.events.emit("track", { source, track });
    this.events.emit("change", null);
  }

  /** The device was unplugged, or sharing was ended in the browser's own bar. */
  #lost(source: Source): void {
    if (source === "camera" || source === "mic") this.problems.set(source, "stopped");
    if (source === "screen") this.stopSharing();
    else this.stop(source);
  }

  async #listDevices(): Promise<void> {
    this.#devices = await navigator.mediaDevices.enumerateDevices();
    this.events.emit("change", null);
  }
}
