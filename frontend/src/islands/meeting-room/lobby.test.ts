import { beforeEach, describe, expect, test, vi } from "vitest";
import { DeviceChoice } from "./device-choice";
import { joinLabel, Lobby } from "./lobby";
import { LocalMedia } from "./local-media";
import type { Refusal } from "./protocol";
import type { Phase, RoomSession } from "./session";

function lobbyAt(phase: Phase, refusal: Refusal | null = null): Lobby {
  const session = { phase, refusal, seats: 6, media: new LocalMedia() } as unknown as RoomSession;
  const lobby = new Lobby(session, new DeviceChoice(session.media));
  lobby.update();
  return lobby;
}

function words(lobby: Lobby): [string, string[]] {
  const buttons = [...lobby.element.querySelectorAll("button")].map(({ textContent }) => textContent);
  return [lobby.element.querySelector("p")?.textContent ?? "", buttons];
}

beforeEach(() => {
  document.documentElement.lang = "en";
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("RTCPeerConnection", Object);
  vi.stubGlobal("navigator", { mediaDevices: {} });
});

describe("lobby", () => {
  test("the door says what is behind it, and that nobody has to go through", () => {
    const without = "See and hear the other delegations. You can follow the meeting on this page without it.";
    expect(words(lobbyAt("idle"))).toEqual([without, ["Join by video", "Watch and listen only"]]);
  });

  test("a full room says how many are in it, and how to go on", () => {
    const full = "The video room is full: 6 people are in it. You can go on following the meeting on this page.";
    expect(words(lobbyAt("full", "full"))).toEqual([full, ["Try again", "Watch and listen only"]]);
  });

  test("another window may take the seat back", () => {
    expect(words(lobbyAt("left", "elsewhere"))[1]).toEqual(["Join again", "Watch and listen only"]);
  });

  test.each<[Refusal, RegExp]>([
    ["closed", /not in session/],
    ["not-allowed", /does not give access/],
    ["unknown", /does not give access/],
    ["signed-out", /Sign in again/],
  ])("a refusal that cannot be undone here (%s) is explained, without a way in", (refusal, reason) => {
    const [said, buttons] = words(lobbyAt("left", refusal));
    expect(said).toMatch(reason);
    expect(buttons).toEqual([]);
  });

  test("without encryption there is a reason and no way in", () => {
    vi.stubGlobal("isSecureContext", false);
    const [said, buttons] = words(lobbyAt("idle"));
    expect(said).toMatch(/https/);
    expect(buttons).toEqual([]);
  });

  test("the preview says why a device cannot be used, and lets people join without it", () => {
    const session = { phase: "preview", refusal: null, seats: 6, media: new LocalMedia() } as unknown as RoomSession;
    session.media.problems.set("camera", "denied");
    const lobby = new Lobby(session, new DeviceChoice(session.media));
    lobby.update();
    expect(lobby.element.querySelector(".room-problems")?.textContent).toMatch(/may not use the camera/);
    expect(lobby.element.querySelector(".room-join")?.textContent).toBe("Join without sending anything");
  });
});

test("the button says what will be sent", () => {
  expect([joinLabel(true, true), joinLabel(true, false), joinLabel(false, true)]).toEqual([
    "Join with camera and microphone",
    "Join with camera",
    "Join with microphone",
  ]);
});
