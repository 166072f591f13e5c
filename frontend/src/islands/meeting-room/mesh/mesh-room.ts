/**
 * The mesh adapter of `Room`: a link to every other participant. The newcomer calls; the others answer its call.
 * A lost socket is followed by a full rejoin: every link is made anew, by the same path as the first time.
 */
import { Emitter } from "../emitter";
import { fingerprintOf } from "../fingerprint";
import type { Relay, Welcome } from "../protocol";
import type { LinkStats, Participant, Room, RoomEvents, Source, SourceState, Sources } from "../room";
import { isInterpretation } from "../room";
import type { Signalling } from "../signalling";
import { cameraBitrate, SCREEN_BITRATE, VOICE_BITRATE } from "./bitrate";
import { Link } from "./link";

interface Publication {
  track: MediaStreamTrack;
  state: SourceState;
}

export class MeshRoom implements Room {
  readonly events = new Emitter<RoomEvents>();
  readonly fingerprint: string;
  readonly #signalling: Signalling;
  readonly #certificate: RTCCertificate;
  readonly #links = new Map<string, Link>();
  readonly #published = new Map<Source, Publication>();
  /** Who listens to an interpretation channel: it is sent to nobody else. */
  readonly #listeners = new Map<Source, Set<string>>();
  /** Peers that came after us: they call, and our sources follow their call. */
  readonly #expected = new Set<string>();
  #self = "";
  #configuration: RTCConfiguration = {};

  private constructor(signalling: Signalling, certificate: RTCCertificate, fingerprint: string) {
    this.#signalling = signalling;
    this.#certificate = certificate;
    this.fingerprint = fingerprint;
    signalling.events.on("welcome", (welcome) => this.#start(welcome));
    signalling.events.on("joined", (participant) => this.#greet(participant));
    signalling.events.on("left", (peer) => this.#drop(peer));
    signalling.events.on("relay", ({ from, body }) => void this.#receive(from, body));
    signalling.events.on("refused", () => this.#clear());
  }

  static async create(signalling: Signalling): Promise<MeshRoom> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const certificate = await RTCPeerConnection.generateCertificate(algorithm);
    return new MeshRoom(signalling, certificate, await fingerprintIn(certificate));
  }

  join(): Promise<void> {
    return this.#signalling.join();
  }

  leave(): void {
    this.#signalling.leave();
    this.#clear();
  }

  async publish(source: Source, track: MediaStreamTrack): Promise<void> {
    this.#published.set(source, { track, state: "on" });
    await Promise.all([...this.#links.values()].map((link) => this.#send(link, source)));
    this.#tellSources();
  }

  async unpublish(source: Source): Promise<void> {
    if (!this.#published.delete(source)) return;
    this.#tellSources();
    await Promise.all([...this.#links.values()].map((link) => link.stop(source)));
  }

  mute(source: Source, muted: boolean): void {
    const publication = this.#published.get(source);
    if (!publication) return;
    publication.track.enabled = !muted;
    publication.state = muted ? "muted" : "on";
    this.#tellSources();
  }

  subscribe(peer: string, source: Source, wanted: boolean): void {
    this.#signalling.relay(peer, { kind: "subscribe", source, wanted });
  }

  stats(): Promise<LinkStats[]> {
    return Promise.all([...this.#links.values()].map((link) => link.stats()));
  }

  #start({ self, others, iceServers }: Welcome): void {
    this.#clear();
    this.#self = self.id;
    this.#configuration = { iceServers, certificates: [this.#certificate] };
    for (const other of others) {
      const link = this.#open(other);
      link.call();
      this.#offerAll(link);
    }
  }

  #greet(participant: Participant): void {
    if (this.#links.has(participant.id)) return;
    this.#expected.add(participant.id);
    this.#open(participant);
  }

  #open(peer: Participant): Link {
    const link = new Link(peer, this.#configuration, this.#self < peer.id, {
      send: (body) => this.#signalling.relay(peer.id, body),
      onTrack: (source, track) => this.events.emit("track", { peer: peer.id, source, track }),
      onState: (state) => this.events.emit("link", { peer: peer.id, state }),
      onFingerprint: (fingerprint) => this.events.emit("fingerprint", { peer: peer.id, fingerprint }),
    });
    this.#links.set(peer.id, link);
    void this.#balance();
    return link;
  }

  #offerAll(link: Link): void {
    for (const source of this.#published.keys()) void this.#send(link, source);
    this.#signalling.relay(link.peer.id, { kind: "sources", sources: this.#sources() });
  }

  #send(link: Link, source: Source): Promise<void> {
    const publication = this.#published.get(source);
    const heard = !isInterpretation(source) || (this.#listeners.get(source)?.has(link.peer.id) ?? false);
    return publication && heard ? link.send(source, publication.track, this.#bitrate(source)) : link.stop(source);
  }

  #bitrate(source: Source): number {
    if (source === "camera") return cameraBitrate(this.#links.size);
    return source === "screen" ? SCREEN_BITRATE : VOICE_BITRATE;
  }

  async #balance(): Promise<void> {
    const links = [...this.#links.values()];
    await Promise.all(links.map((link) => link.limit("camera", cameraBitrate(links.length))));
  }

  async #receive(from: string, body: Relay): Promise<void> {
    const link = this.#links.get(from);
    if (!link || body.kind === "commit" || body.kind === "reveal") return;
    if (body.kind === "sources") this.events.emit("sources", { peer: from, sources: body.sources });
    else if (body.kind === "subscribe") this.#setListening(link, body.source, body.wanted);
    else await link.receive(body);
    if (body.kind === "description" && this.#expected.delete(from)) this.#offerAll(link);
  }

  #setListening(link: Link, source: Source, wanted: boolean): void {
    const listeners = this.#listeners.get(source) ?? new Set();
    this.#listeners.set(source, listeners);
    if (wanted) listeners.add(link.peer.id);
    else listeners.delete(link.peer.id);
    void this.#send(link, source);
  }

  #sources(): Sources {
    return Object.fromEntries([...this.#published].map(([source, { state }]) => [source, state]));
  }

  #tellSources(): void {
    for (const peer of this.#links.keys()) this.#signalling.relay(peer, { kind: "sources", sources: this.#sources() });
  }

  #drop(peer: string): void {
    this.#expected.delete(peer);
    this.#links.get(peer)?.close();
    this.#links.delete(peer);
    for (const listeners of this.#listeners.values()) listeners.delete(peer);
    void this.#balance();
  }

  #clear(): void {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#expected.clear();
    this.#listeners.clear();
  }
}

/** Read the certificate's fingerprint where every browser writes it: in an offer. */
async function fingerprintIn(certificate: RTCCertificate): Promise<string> {
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  connection.createDataChannel("");
  const { sdp } = await connection.createOffer();
  connection.close();
  const fingerprint = fingerprintOf(sdp ?? "");
  if (fingerprint === null) throw new Error("The browser names no SHA-256 fingerprint.");
  return fingerprint;
}
