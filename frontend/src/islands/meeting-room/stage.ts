/** Which tile is large. */

export interface Candidate {
  key: string;
  delegate: string;
  kind: "person" | "screen";
  isSelf: boolean;
}

export interface Preferences {
  /** Chosen by this person; wins while it is there. */
  pinned: string | null;
  /** Delegate who has the floor. */
  floor: string | null;
  /** Tile of the active speaker. */
  speaker: string | null;
  /** Tile that was large before: it stays while nothing says otherwise. */
  previous: string | null;
}

/** Return the key of the tile for the stage: pinned, then a shared screen, the floor, the speaker, the one before. */
export function chooseStage(tiles: readonly Candidate[], wishes: Preferences): string | null {
  const others = tiles.filter(({ isSelf }) => !isSelf);
  const choice =
    tiles.find(({ key }) => key === wishes.pinned) ??
    others.findLast(({ kind }) => kind === "screen") ??
    tiles.find(({ delegate, kind }) => kind === "person" && delegate === wishes.floor) ??
    others.find(({ key }) => key === wishes.speaker) ??
    others.find(({ key }) => key === wishes.previous) ??
    others[0] ??
    tiles[0];
  return choice?.key ?? null;
}
