/** Stage and strip: one tile for every participant, nobody left out, and one for every shared screen. */
import { make } from "./dom";
import type { Participant, SourceState } from "./room";
import type { Person, RoomSession } from "./session";
import { type Candidate, chooseStage } from "./stage";
import { Tile, type TileModel } from "./tile";
import { t } from "./words";

type Draft = Omit<TileModel, "isOnStage" | "isPinned" | "isSpeaking">;

export class View {
  readonly element = make("div", { class: "room-tiles", role: "group", "aria-label": t("Participants") });
  /** Delegate who has the floor. */
  floor: string | null = null;
  /** Peer whose voice is heard. */
  speaker: string | null = null;
  #pinned: string | null = null;
  #staged: string | null = null;
  readonly #tiles = new Map<string, Tile>();
  readonly #session: RoomSession;
  readonly #onBlocked: () => void;

  constructor(session: RoomSession, onBlocked: () => void) {
    this.#session = session;
    this.#onBlocked = onBlocked;
  }

  update(): void {
    const drafts = draftsOf(this.#session);
    const { floor, speaker } = this;
    const candidates = drafts.map(candidateOf);
    this.#staged = chooseStage(candidates, { pinned: this.#pinned, floor, speaker, previous: this.#staged });
    this.#dropAllBut(new Set(drafts.map(({ key }) => key)));
    const sink = this.#session.media.chosen("speaker");
    for (const draft of drafts) this.#show(draft, sink);
    this.element.style.setProperty("--room-strip", String(Math.max(4, drafts.length - 1)));
    this.element.toggleAttribute("data-alone", drafts.length <= 1);
  }

  /** Play everything that the browser held back. */
  unblock(): void {
    for (const tile of this.#tiles.values()) tile.unblock();
  }

  #show(draft: Draft, sink: string): void {
    const model: TileModel = {
      ...draft,
      isSpeaking: draft.kind === "person" && draft.participant.id === this.speaker,
      isOnStage: draft.key === this.#staged,
      isPinned: draft.key === this.#pinned,
    };
    const tile = this.#tiles.get(draft.key) ?? this.#make(model);
    tile.update(model, sink);
  }

  #make(model: TileModel): Tile {
    const tile = new Tile(model, () => this.#togglePin(model.key), this.#onBlocked);
    this.#tiles.set(model.key, tile);
    this.element.append(tile.element);
    return tile;
  }

  #togglePin(key: string): void {
    this.#pinned = this.#pinned === key ? null : key;
    this.update();
  }

  #dropAllBut(keys: ReadonlySet<string>): void {
    for (const [key, tile] of this.#tiles) {
      if (keys.has(key)) continue;
      tile.remove();
      this.#tiles.delete(key);
    }
  }
}

function candidateOf({ key, kind, participant, isSelf }: Draft): Candidate {
  return { key, kind, delegate: participant.identity.delegate, isSelf };
}

function draftsOf({ self, people, media }: RoomSession): Draft[] {
  const others = [...people.values()].flatMap((person) => [personDraft(person), ...screenDrafts(person)]);
  return self ? [...others, selfDraft(self, media)] : others;
}

function personDraft(person: Person): Draft {
  const { sources, tracks, link } = person;
  return {
    ...draft(person, "person", false),
    link,
    video: sources.camera === "on" ? (tracks.get("camera") ?? null) : null,
    audio: tracks.get("mic") ?? null,
    mic: sources.mic ?? "off",
  };
}

function screenDrafts(person: Person): Draft[] {
  const video = person.tracks.get("screen");
  if (person.sources.screen !== "on" || !video) return [];
  const audio = person.sources["screen-audio"] === "on" ? (person.tracks.get("screen-audio") ?? null) : null;
  return [{ ...draft(person, "screen", false), link: person.link, video, audio }];
}

function selfDraft(self: Participant, { tracks, muted }: RoomSession["media"]): Draft {
  const mic: SourceState = !tracks.has("mic") ? "off" : muted ? "muted" : "on";
  return { ...draft(self, "person", true), video: tracks.get("camera") ?? null, mic };
}

function draft(participant: Participant, kind: "person" | "screen", isSelf: boolean): Draft {
  const key = kind === "screen" ? `${participant.id}/screen` : participant.id;
  return { key, kind, participant, isSelf, link: null, video: null, audio: null, mic: "off" };
}
