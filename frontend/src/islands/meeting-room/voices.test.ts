import { expect, test } from "vitest";
import type { Source, Sources } from "./room";
import type { Person } from "./session";
import { voicesOf } from "./voices";

const track = (id: string) => ({ id }) as MediaStreamTrack;

function person(id: string, sources: Sources, ...sent: Source[]): [string, Person] {
  const identity = { delegate: id, name: id, member: null, names: {}, capacity: "interpreter" };
  const tracks = new Map(sent.map((source) => [source, track(`${id} ${source}`)]));
  return [id, { id, identity, sources, tracks, link: "connected" }];
}

test("only microphones that are on count: interpretation, a shared screen's sound and muted people do not", () => {
  const people = new Map([
    person("paris", { mic: "on", camera: "on" }, "mic", "camera"),
    person("booth", { "interp:fr": "on", "mic": "muted" }, "interp:fr", "mic"),
    person("london", { "screen-audio": "on" }, "screen-audio"),
    person("kyiv", { mic: "on" }),
  ]);
  expect([...voicesOf(people)].map(([peer, { id }]) => [peer, id])).toEqual([["paris", "paris mic"]]);
});
