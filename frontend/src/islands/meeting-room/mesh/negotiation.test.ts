import { describe, expect, test } from "vitest";
import { type Negotiable, Negotiation, type SessionDescription } from "./negotiation";

/** The signalling half of RTCPeerConnection, as WebRTC 1.0 describes it; media and ICE are left out. */
class FakePeer implements Negotiable {
  signalingState: RTCSignalingState = "stable";
  localDescription: RTCSessionDescription | null = null;
  readonly applied: string[] = [];
  readonly #name: string;
  #offers = 0;

  constructor(name: string) {
    this.#name = name;
  }

  async setLocalDescription(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve(); // making an offer takes a while
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    const sdp = `${type} ${this.#name}${type === "offer" ? ++this.#offers : ""}`;
    this.localDescription = { type, sdp } as RTCSessionDescription;
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
  }

  async setRemoteDescription({ type, sdp = "" }: RTCSessionDescriptionInit): Promise<void> {
    await Promise.resolve();
    if (type === "answer" && this.signalingState !== "have-local-offer") throw new Error("an answer to nothing");
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable"; // an own offer is rolled back
    this.applied.push(sdp);
  }

  async addIceCandidate(candidate: RTCIceCandidateInit | undefined): Promise<void> {
    await Promise.resolve();
    if (this.applied.length === 0) throw new Error("no description");
    this.applied.push(`candidate ${candidate?.candidate ?? "end"}`);
  }
}

interface Side {
  peer: FakePeer;
  negotiation: Negotiation;
  outbox: SessionDescription[];
  faults: number;
}

function side(name: string, polite: boolean): Side {
  const peer = new FakePeer(name);
  const outbox: SessionDescription[] = [];
  const made: Side = { peer, outbox, faults: 0, negotiation: new Negotiation(peer, polite, (sent) => outbox.push(sent), () => made.faults++) };
  return made;
}

/** Carry everything that is under way, until both are silent. */
async function exchange(left: Side, right: Side): Promise<void> {
  while (left.outbox.length + right.outbox.length > 0) {
    const [toRight, toLeft] = [left.outbox.splice(0), right.outbox.splice(0)];
    for (const sent of toRight) await right.negotiation.receiveDescription(sent, () => undefined);
    for (const sent of toLeft) await left.negotiation.receiveDescription(sent, () => undefined);
  }
}

describe("negotiation", () => {
  test("one offer is answered", async () => {
    const [caller, called] = [side("caller", false), side("called", true)];
    await caller.negotiation.offer();
    await exchange(caller, called);
    expect(called.peer.applied).toEqual(["offer caller1"]);
    expect(caller.peer.applied).toEqual(["answer called"]);
  });

  test("of two crossing offers the impolite one stands, whoever hears first", async () => {
    const [impolite, polite] = [side("impolite", false), side("polite", true)];
    await Promise.all([impolite.negotiation.offer(), polite.negotiation.offer()]);
    await exchange(impolite, polite);
    expect([impolite.peer.signalingState, polite.peer.signalingState]).toEqual(["stable", "stable"]);
    expect(polite.peer.applied).toEqual(["offer impolite1"]);
    expect(impolite.peer.applied).toEqual(["answer polite"]);
    expect(impolite.faults + polite.faults).toBe(0);
  });

  test("an offer that arrives while one is being made is a collision too", async () => {
    const impolite = side("impolite", false);
    const offering = impolite.negotiation.offer();
    await impolite.negotiation.receiveDescription({ type: "offer", sdp: "offer other" }, () => undefined);
    await offering;
    expect(impolite.peer.applied).toEqual([]);
    expect(impolite.outbox.map(({ sdp }) => sdp)).toEqual(["offer impolite1"]);
  });

  test("what belongs to an ignored offer is not prepared", async () => {
    const impolite = side("impolite", false);
    await impolite.negotiation.offer();
    let prepared = 0;
    await impolite.negotiation.receiveDescription({ type: "offer", sdp: "offer other" }, () => prepared++);
    expect(prepared).toBe(0);
  });

  test("candidates wait for the description before them, and one that fits none does no harm", async () => {
    const called = side("called", true);
    await called.negotiation.receiveCandidate({ candidate: "early", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null });
    void called.negotiation.receiveDescription({ type: "offer", sdp: "offer caller" }, () => undefined);
    await called.negotiation.receiveCandidate({ candidate: "c1", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null });
    await called.negotiation.receiveCandidate(null);
    expect(called.peer.applied).toEqual(["offer caller", "candidate c1", "candidate end"]);
    expect(called.faults).toBe(0);
  });

  test("a description that cannot be applied is a fault, and the next one still works", async () => {
    const called = side("called", true);
    await called.negotiation.receiveDescription({ type: "answer", sdp: "answer to nothing" }, () => undefined);
    expect(called.faults).toBe(1);
    await called.negotiation.receiveDescription({ type: "offer", sdp: "offer caller" }, () => undefined);
    expect(called.outbox.map(({ sdp }) => sdp)).toEqual(["answer called"]);
  });
});
