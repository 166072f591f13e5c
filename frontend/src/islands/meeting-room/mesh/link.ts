/**
 * One link of the mesh: a peer connection to one participant, with one transceiver for each source that is sent.
 * Transceivers are added by hand: addTrack() would re-use a sender whose track is null and mix up the sources.
 */
import { fingerprintOf } from "../fingerprint";
import type { Candidate, Description, MediaRelay } from "../protocol";
import type { LinkState, LinkStats, Participant, Source } from "../room";
import { Negotiation, type SessionDescription } from "./negotiation";

export interface LinkHost {
  send(body: MediaRelay): void;
  onTrack(source: Source, track: MediaStreamTrack): void;
  onState(state: LinkState): void;
  onFingerprint(fingerprint: string | null): void;
}

const STATES: Record<RTCPeerConnectionState, LinkState> = {
  new: "connecting",
  connecting: "connecting",
  connected: "connected",
  disconnected: "interrupted",
  failed: "failed",
  closed: "failed",
};
type Counters = Pick<RTCInboundRtpStreamStats, "type" | "framesDecoded" | "bytesReceived"> &
  Pick<RTCOutboundRtpStreamStats, "framesSent">;
/** A link that is merely interrupted often heals by itself; after this long it is helped. */
const PATIENCE_MS = 3000;

export class Link {
  state: LinkState = "connecting";
  readonly peer: Participant;
  readonly #host: LinkHost;
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: Negotiation;
  readonly #transceivers = new Map<Source, RTCRtpTransceiver>();
  /** Sources sent together keep lips and voice together at the other end. */
  readonly #streams = { person: new MediaStream(), screen: new MediaStream() };
  #received: Record<string, Source> = {};
  #restart: ReturnType<typeof setTimeout> | undefined;

  constructor(
    peer: Participant,
    configuration: RTCConfiguration,
    polite: boolean,
    host: LinkHost,
  ) {
    this.peer = peer;
    this.#host = host;
    this.#connection = new RTCPeerConnection(configuration);
    this.#negotiation = new Negotiation(
      this.#connection,
      polite,
      (description) => this.#sendDescription(description),
      () => this.#setState("failed"),
    );
    this.#listen();
  }

  /** Begin as the caller. The channel carries nothing: it gives two silent participants something to agree on. */
  call(): void {
    this.#connection.createDataChannel("room", { negotiated: true, id: 0 });
  }

  receive(body: Description | Candidate): Promise<void> {
    if (body.kind === "candidate") return this.#negotiation.receiveCandidate(body.candidate);
    return this.#negotiation.receiveDescription(body.description, () => {
      this.#received = body.sources;
      this.#host.onFingerprint(fingerprintOf(body.description.sdp));
    });
  }

  async send(source: Source, track: MediaStreamTrack, maxBitrate: number): Promise<void> {
    const present = this.#transceivers.get(source);
    if (present) return present.sender.replaceTrack(track);
    const stream = source.startsWith("screen") ? this.#streams.screen : this.#streams.person;
    const init: RTCRtpTransceiverInit = { direction: "sendonly", streams: [stream], sendEncodings: [{ maxBitrate }] };
    this.#transceivers.set(source, this.#connection.addTransceiver(track, init));
  }

  /** Send nothing as `source`, but keep its place for the next time. */
  async stop(source: Source): Promise<void> {
    await this.#transceivers.get(source)?.sender.replaceTrack(null);
  }

  async limit(source: Source, maxBitrate: number): Promise<void> {
    const sender = this.#transceivers.get(source)?.sender;
    const parameters = sender?.getParameters();
    if (!sender || !parameters?.encodings[0]) return;
    parameters.encodings[0].maxBitrate = maxBitrate;
    await sender.setParameters(parameters).catch(() => undefined); // between two negotiations: the next change sets it
  }

  async stats(): Promise<LinkStats> {
    const totals = { framesDecoded: 0, framesSent: 0, bytesReceived: 0 };
    for (const report of (await this.#connection.getStats()).values() as Iterable<Counters>) {
      totals.framesDecoded += report.framesDecoded ?? 0;
      totals.framesSent += report.framesSent ?? 0;
      if (report.type === "inbound-rtp") totals.bytesReceived += report.bytesReceived ?? 0;
    }
    return { peer: this.peer.id, delegate: this.peer.identity.delegate, state: this.state, ...totals };
  }

  close(): void {
    clearTimeout(this.#restart);
    this.#connection.close();
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onnegotiationneeded = () => void this.#negotiation.offer();
    connection.onicecandidate = ({ candidate }) => this.#sendCandidate(candidate);
    connection.onconnectionstatechange = () => this.#follow(connection.connectionState);
    connection.ontrack = ({ track, transceiver }) => {
      const source = this.#received[transceiver.mid ?? ""];
      if (source) this.#host.onTrack(source, track);
    };
  }

  #sendDescription(description: SessionDescription): void {
    const sources = Object.fromEntries(
      [...this.#transceivers].flatMap(([source, { mid }]) => (mid === null ? [] : [[mid, source]])),
    );
    this.#host.send({ kind: "description", description, sources });
  }

  #sendCandidate(candidate: RTCIceCandidate | null): void {
    if (candidate === null) return this.#host.send({ kind: "candidate", candidate: null });
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const body = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
    this.#host.send({ kind: "candidate", candidate: body });
  }

  #follow(state: RTCPeerConnectionState): void {
    clearTimeout(this.#restart);
    if (state === "disconnected") this.#restart = setTimeout(() => this.#connection.restartIce(), PATIENCE_MS);
    if (state === "failed") this.#connection.restartIce();
    this.#setState(STATES[state]);
  }

  #setState(state: LinkState): void {
    this.state = state;
    if (this.#connection.signalingState !== "closed") this.#host.onState(state);
  }
}
