import { beforeEach, describe, expect, test, vi } from "vitest";
import { LocalMedia } from "./local-media";
import type { Source } from "./room";

/** The browser's track, as far as we use it. */
class FakeTrack {
  enabled = true;
  isLive = true;
  onended: (() => void) | null = null;
  readonly kind: string;

  constructor(kind: string) {
    this.kind = kind;
  }

  stop(): void {
    this.isLive = false;
  }
}

const devices = {
  getUserMedia: vi.fn(),
  getDisplayMedia: vi.fn(),
  enumerateDevices: vi.fn(),
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
};

function give(...tracks: FakeTrack[]): { getTracks: () => FakeTrack[] } {
  return { getTracks: () => tracks };
}

function listen(media: LocalMedia): [Source, boolean][] {
  const heard: [Source, boolean][] = [];
  media.events.on("track", ({ source, track }) => heard.push([source, track !== null]));
  return heard;
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("navigator", { mediaDevices: devices });
  devices.enumerateDevices.mockResolvedValue([]);
});

describe("local media", () => {
  test("a device that works is sent, one that does not is said", async () => {
    const media = new LocalMedia();
    const heard = listen(media);
    devices.getUserMedia.mockResolvedValueOnce(give(new FakeTrack("audio")));
    devices.getUserMedia.mockRejectedValueOnce(new DOMException("", "NotFoundError"));
    await media.start("mic");
    await media.start("camera");
    expect(heard).toEqual([["mic", true]]);
    expect([...media.problems]).toEqual([["camera", "missing"]]);
  });

  test("a problem is forgotten once the device works", async () => {
    const media = new LocalMedia();
    devices.getUserMedia.mockRejectedValueOnce(new DOMException("", "NotReadableError"));
    await media.start("camera");
    devices.getUserMedia.mockResolvedValueOnce(give(new FakeTrack("video")));
    await media.start("camera");
    expect(media.problems.size).toBe(0);
  });

  test("muting keeps the microphone, silent, also when it is changed", async () => {
    const media = new LocalMedia();
    const [first, second] = [new FakeTrack("audio"), new FakeTrack("audio")];
    devices.getUserMedia.mockResolvedValueOnce(give(first));
    await media.start("mic");
    media.mute(true);
    expect([first.isLive, first.enabled]).toEqual([true, false]);
    devices.getUserMedia.mockResolvedValueOnce(give(second));
    await media.choose("mic", "other");
    expect([first.isLive, second.enabled]).toEqual([false, false]);
    expect(devices.getUserMedia.mock.lastCall).toMatchObject([{ audio: { deviceId: { ideal: "other" } } }]);
  });

  test("turning the camera off lets go of it", async () => {
    const media = new LocalMedia();
    const track = new FakeTrack("video");
    devices.getUserMedia.mockResolvedValueOnce(give(track));
    await media.start("camera");
    const heard = listen(media);
    media.stop("camera");
    expect([track.isLive, heard]).toEqual([false, [["camera", false]]]);
  });

  test("an unplugged camera is said, and no longer sent", async () => {
    const media = new LocalMedia();
    const track = new FakeTrack("video");
    devices.getUserMedia.mockResolvedValueOnce(give(track));
    await media.start("camera");
    track.onended?.();
    expect([...media.problems]).toEqual([["camera", "stopped"]]);
    expect(media.tracks.size).toBe(0);
  });

  test("sharing ended in the browser's own bar ends picture and sound", async () => {
    const media = new LocalMedia();
    const [picture, sound] = [new FakeTrack("video"), new FakeTrack("audio")];
    devices.getDisplayMedia.mockResolvedValueOnce(give(picture, sound));
    await media.share();
    expect([...media.tracks.keys()]).toEqual(["screen", "screen-audio"]);
    picture.onended?.();
    expect([media.tracks.size, sound.isLive]).toEqual([0, false]);
  });
});
