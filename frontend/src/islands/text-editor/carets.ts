/**
 * The carets and selections of the others. Awareness is the truth; the decorations mirror it.
 *
 * Our own plugin rather than the binding's: theirs writes style attributes, which the content security policy refuses, sends the own
 * position again after every change of anybody (n² messages in a full room), and redraws on every message instead of once a frame.
 */
import { Extension } from "@tiptap/core";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from "@tiptap/y-tiptap";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Activity } from "./activity";
import { NAME_MS, caretElement } from "./caret-element";
import { redraw } from "./dom-selection";
import { colourClass, othersIn } from "./person";

/** How often the own caret is sent at most. */
const PUBLISH_MS = 60;

export interface CaretOptions {
  readonly awareness: Awareness;
  /** Folder of the flags. */
  readonly flags: string;
}

/** What the binding keeps in the editor's state; it declares no types for it. */
interface Binding {
  readonly doc: Y.Doc;
  readonly type: Y.XmlFragment;
  readonly isChangeOrigin: boolean;
  readonly binding: { readonly mapping: Parameters<typeof relativePositionToAbsolutePosition>[3] } | null;
}

interface Range {
  readonly anchor: number;
  readonly head: number;
}

const caretsKey = new PluginKey<DecorationSet>("carets");

function bindingOf(state: EditorState): Binding | undefined {
  return ySyncPluginKey.getState(state) as Binding | undefined;
}

/** Return where a caret stands in this language version, or null when it stands in another or nowhere. */
function rangeOf(state: EditorState, cursor: unknown): Range | null {
  const bound = bindingOf(state);
  if (!bound?.binding || typeof cursor !== "object" || cursor === null) return null;
  const { anchor, head } = cursor as { anchor?: unknown; head?: unknown };
  const position = (json: unknown): number | null => {
    if (typeof json !== "object" || json === null || !bound.binding) return null;
    try {
      const relative = Y.createRelativePositionFromJSON(json);
      return relativePositionToAbsolutePosition(bound.doc, bound.type, relative, bound.binding.mapping);
    } catch {
      // Awareness is whatever its sender says: Yjs throws on a position that cannot be.
      return null;
    }
  };
  const [from, to] = [position(anchor), position(head)];
  const last = Math.max(0, state.doc.content.size - 1);
  return from === null || to === null ? null : { anchor: Math.min(from, last), head: Math.min(to, last) };
}

function draw(state: EditorState, { awareness, flags }: CaretOptions, activity: Activity): DecorationSet {
  const decorations: Decoration[] = [];
  for (const [client, person] of othersIn(awareness)) {
    const range = rangeOf(state, awareness.getStates().get(client)?.["cursor"]);
    if (!range) continue;
    const { anchor, head } = range;
    const key = `${client} ${person.name} ${person.colour}`;
    const element = (): HTMLElement => caretElement(person, flags, activity.last(client) + NAME_MS);
    decorations.push(Decoration.widget(head, element, { key, side: 10, ignoreSelection: true }));
    if (anchor === head) continue;
    const selection = { class: `editor-selection ${colourClass(person)}` };
    decorations.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), selection));
  }
  return DecorationSet.create(state.doc, decorations);
}

/** Sends the own caret while this editor has the focus. */
class Publisher {
  readonly #view: EditorView;
  readonly #awareness: Awareness;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #published: string | null = null;

  constructor(view: EditorView, awareness: Awareness) {
    this.#view = view;
    this.#awareness = awareness;
  }

  readonly soon = (): void => {
    this.#timer ??= setTimeout(this.#publish, PUBLISH_MS);
  };

  destroy(): void {
    clearTimeout(this.#timer);
    this.#withdraw();
  }

  readonly #publish = (): void => {
    this.#timer = undefined;
    const bound = bindingOf(this.#view.state);
    if (this.#view.isDestroyed || !bound?.binding) return;
    if (!this.#view.hasFocus() || !this.#view.editable) {
      this.#withdraw();
      return;
    }
    const { mapping } = bound.binding;
    const { anchor, head } = this.#view.state.selection;
    const relative = (at: number): unknown => absolutePositionToRelativePosition(at, bound.type, mapping);
    const cursor = { anchor: relative(anchor), head: relative(head) };
    const published = JSON.stringify(cursor);
    if (published === this.#published) return;
    this.#published = published;
    this.#awareness.setLocalStateField("cursor", cursor);
  };

  #withdraw(): void {
    // The field is shared by all editors of the text: only the one that wrote it may clear it.
    if (this.#published !== null) this.#awareness.setLocalStateField("cursor", null);
    this.#published = null;
  }
}

/** Redraws the others' carets, once a frame however many of them move. */
class Redraw {
  readonly #view: EditorView;
  #frame: number | undefined;

  constructor(view: EditorView) {
    this.#view = view;
  }

  readonly soon = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      redraw(this.#view, caretsKey);
    });
  };

  destroy(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }
}

function follow(view: EditorView, awareness: Awareness, activity: Activity): ReturnType<NonNullable<Plugin["spec"]["view"]>> {
  const publisher = new Publisher(view, awareness);
  const redraw = new Redraw(view);
  awareness.on("change", redraw.soon);
  view.dom.addEventListener("focus", publisher.soon);
  view.dom.addEventListener("blur", publisher.soon);
  redraw.soon();
  return {
    update: (_view, before) => {
      if (!view.state.selection.eq(before.selection)) publisher.soon();
    },
    destroy: () => {
      awareness.off("change", redraw.soon);
      view.dom.removeEventListener("focus", publisher.soon);
      view.dom.removeEventListener("blur", publisher.soon);
      redraw.destroy();
      publisher.destroy();
      activity.destroy();
    },
  };
}

/** Shows where the others write and tells them where this person does. */
export function carets(options: CaretOptions, doc: Y.Doc): Extension {
  return Extension.create({
    name: "carets",
    addProseMirrorPlugins() {
      const activity = new Activity(doc, options.awareness);
      const redrawn = (tr: Transaction, state: EditorState): boolean =>
        tr.getMeta(caretsKey) === true || bindingOf(state)?.isChangeOrigin === true;
      return [
        new Plugin<DecorationSet>({
          key: caretsKey,
          state: {
            init: () => DecorationSet.empty,
            apply: (tr, drawn, _before, state) =>
              redrawn(tr, state) ? draw(state, options, activity) : drawn.map(tr.mapping, tr.doc),
          },
          props: { decorations: (state) => caretsKey.getState(state) },
          view: (view) => follow(view, options.awareness, activity),
        }),
      ];
    },
  });
}
