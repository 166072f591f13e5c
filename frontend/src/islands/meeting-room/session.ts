/**
 * One stay in the video room: who is there, what each sends, and the verification code. The server's stamp is the
 * truth about people, the browser's tracks about media; the element only shows what stands here.
 *
 *     idle ⇄ preview;  idle | preview | left | full → joining → joined ⇄ reconnecting
 *     joining | reconnecting → full | left (refused);  any → left
 */
import type { DeviceSource } from "./devices";
import { Emitter } from "./emitter";
import { LocalMedia } from "./local-media";
import { MeshRoom } from "./mesh/mesh-room";
import type { Refusal } from "./protocol";
import type { LinkState, LinkStats, Participant, Room, Source, Sources } from "./room";
import { Signalling } from "./signalling";
import { Verification, type VerificationState } from "./verification";

export type Phase = "idle" | "preview" | "joining" | "joined" | "full" | "reconnecting" | "left";

/** What is known of another participant. */
export interface Person extends Participant {
  sources: Sources;
  tracks: Map<Source, MediaStreamTrack>;
  link: LinkState;
}

interface Stay {
  signalling: Signalling;
  room: Room;
  verification: Verification;
}

export class RoomSession {
  readonly events = new Emitter<{ change: null; arrived: Participant; departed: Participant }>();
  readonly media = new LocalMedia();
  readonly people = new Map<string, Person>();
  phase: Phase = "idle";
  self: Participant | null = null;
  refusal: Refusal | null = null;
  seats = 0;
  #stay: Stay | null = null;
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
    this.media.events.on("track", ({ source, track }) => void this.#sendTrack(source, track));
    this.media.events.on("mute", (muted) => this.#stay?.room.mute("mic", muted));
    this.media.events.on("change", () => this.#changed());
  }

  get verification(): VerificationState {
    return this.#stay?.verification.state ?? { phase: "alone" };
  }

  get isInside(): boolean {
    return this.phase === "joined" || this.phase === "reconnecting";
  }

  async preview(): Promise<void> {
    this.#enter("preview");
    await this.media.start("camera");
    await this.media.start("mic");
  }

  cancelPreview(): void {
    this.#stopSending();
    this.#enter("idle");
  }

  async join(): Promise<void> {
    this.refusal = null;
    this.#enter("joining");
    const stay = await this.#prepare();
    for (const [source, track] of this.media.tracks) await stay.room.publish(source, track);
    stay.room.mute("mic", this.media.muted);
    await stay.room.join().catch(() => undefined); // a refusal is shown by #refused
  }

  async joinReceiveOnly(): Promise<void> {
    this.#stopSending();
    await this.join();
  }

  leave(): void {
    this.#stay?.room.leave();
    this.#end("left");
  }

  /** The element is gone: hang up without a word. */
  close(): void {
    this.leave();
    this.media.close();
  }

  async toggle(source: DeviceSource): Promise<void> {
    const on = this.media.tracks.has(source);
    if (source === "mic" && on) this.media.mute(!this.media.muted);
    else if (on) this.media.stop(source);
    else {
      if (source === "mic") this.media.mute(false);
      await this.media.start(source);
    }
  }

  async toggleScreen(): Promise<void> {
    if (this.media.tracks.has("screen")) this.media.stopSharing();
    else await this.media.share();
  }

  markCompared(code: string): void {
    this.#stay?.verification.markCompared(code);
  }

  wake(): void {
    this.#stay?.signalling.wake();
  }

  stats(): Promise<LinkStats[]> {
    return this.#stay?.room.stats() ?? Promise.resolve([]);
  }

  async #prepare(): Promise<Stay> {
    const signalling = new Signalling(this.#address);
    const room = await MeshRoom.create(signalling);
    const verification = new Verification(room.fingerprint, (to, body) => signalling.relay(to, body));
    this.#stay = { signalling, room, verification };
    this.#followRoster(this.#stay);
    this.#followMedia(this.#stay);
    return this.#stay;
  }

  #followRoster({ signalling, verification }: Stay): void {
    const recount = () => this.self && verification.setRoster(this.self.id, [...this.people.keys()]);
    signalling.events.on("welcome", ({ self, others }) => {
      this.self = self;
      this.people.clear();
      for (const other of others) this.#add(other);
      recount();
      this.#enter("joined");
    });
    signalling.events.on("joined", (participant) => {
      if (this.people.has(participant.id)) return;
      this.#add(participant);
      recount();
      this.events.emit("arrived", participant);
    });
    signalling.events.on("left", (peer) => {
      const person = this.people.get(peer);
      if (!person) return;
      this.people.delete(peer);
      recount();
      this.events.emit("departed", person);
    });
    signalling.events.on("relay", ({ from, body }) => {
      if (body.kind === "commit" || body.kind === "reveal") verification.receive(from, body);
    });
    signalling.events.on("state", (state) => state === "lost" && this.isInside && this.#enter("reconnecting"));
    signalling.events.on("refused", (refusal) => this.#refused(refusal, signalling.seats));
  }

  #followMedia({ room, verification }: Stay): void {
    room.events.on("track", ({ peer, source, track }) => this.#update(peer, (person) => person.tracks.set(source, track)));
    room.events.on("sources", ({ peer, sources }) => this.#update(peer, (person) => (person.sources = sources)));
    room.events.on("link", ({ peer, state }) => this.#update(peer, (person) => (person.link = state)));
    room.events.on("fingerprint", ({ peer, fingerprint }) => verification.setLinkFingerprint(peer, fingerprint));
    verification.events.on("change", () => this.#changed());
  }

  #add(participant: Participant): void {
    this.people.set(participant.id, { ...participant, sources: {}, tracks: new Map(), link: "connecting" });
    this.#changed();
  }

  #update(peer: string, change: (person: Person) => void): void {
    const person = this.people.get(peer);
    if (!person) return;
    change(person);
    this.#changed();
  }

  async #sendTrack(source: Source, track: MediaStreamTrack | null): Promise<void> {
    const room = this.#stay?.room;
    await (track ? room?.publish(source, track) : room?.unpublish(source));
  }

  #refused(refusal: Refusal, seats: number): void {
    this.refusal = refusal;
    this.seats = seats;
    this.#end(refusal === "full" ? "full" : "left");
  }

  #end(phase: Phase): void {
    this.#stay = null;
    this.self = null;
    this.people.clear();
    this.#stopSending();
    this.#enter(phase);
  }

  #stopSending(): void {
    for (const source of [...this.media.tracks.keys()]) this.media.stop(source);
  }

  #enter(phase: Phase): void {
    this.phase = phase;
    this.#changed();
  }

  #changed(): void {
    this.events.emit("change", null);
  }
}
