/**
 * Perfect negotiation of one link: either side may offer at any time; when two offers cross, the polite side takes
 * its own back. Signals are worked off strictly in the order of arrival.
 */
import type { Candidate, Description } from "../protocol";

/** The part of RTCPeerConnection that negotiation needs. */
export interface Negotiable {
  readonly signalingState: RTCSignalingState;
  readonly localDescription: RTCSessionDescription | null;
  setLocalDescription(): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidate: RTCIceCandidateInit | undefined): Promise<void>;
}

export type SessionDescription = Description["description"];

export class Negotiation {
  #makingOffer = false;
  #queue: Promise<void> = Promise.resolve();

  readonly #connection: Negotiable;
  readonly #polite: boolean;
  readonly #send: (description: SessionDescription) => void;
  readonly #onFault: () => void;

  constructor(
    connection: Negotiable,
    polite: boolean,
    send: (description: SessionDescription) => void,
    onFault: () => void,
  ) {
    this.#connection = connection;
    this.#polite = polite;
    this.#send = send;
    this.#onFault = onFault;
  }

  /** Make and send an offer: the browser says that something has to be agreed. */
  async offer(): Promise<void> {
    this.#makingOffer = true;
    try {
      await this.#connection.setLocalDescription();
      this.#sendLocal();
    } catch {
      this.#onFault();
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Take a description; `prepare` runs just before it is applied, and not at all when it is ignored. */
  receiveDescription(description: SessionDescription, prepare: () => void): Promise<void> {
    return this.#enqueue(async () => {
      const collides =
        description.type === "offer" && (this.#makingOffer || this.#connection.signalingState !== "stable");
      if (collides && !this.#polite) return;
      prepare();
      await this.#connection.setRemoteDescription(description);
      if (description.type !== "offer") return;
      await this.#connection.setLocalDescription();
      this.#sendLocal();
    });
  }

  /** Take an address to try. One that fits no description (its offer was ignored, say) is no fault of the link. */
  receiveCandidate(candidate: Candidate["candidate"]): Promise<void> {
    return this.#enqueue(() => this.#connection.addIceCandidate(candidate ?? undefined).catch(() => undefined));
  }

  #sendLocal(): void {
    const local = this.#connection.localDescription;
    if (local?.type === "offer" || local?.type === "answer") this.#send({ type: local.type, sdp: local.sdp });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch(this.#onFault);
    return this.#queue;
  }
}
