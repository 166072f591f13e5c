/**
 * Comments and reservations in the words: a dotted line below commented words, a double one below reserved ones, and in the margin of a
 * paragraph how many comments it has and which members have a reservation. The rows say what there is, the anchors where.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import { compose } from "./composer";
import { redraw } from "./dom-selection";
import { send } from "./outbox";
import { newId } from "./outbox-store";
import type { Layer, Rows } from "./layer";
import { anchorsIn, linearText } from "./passages";
import { type Place, registerAction } from "./selection-actions";
import { openThread } from "./threads";
import { t } from "./words";

const BODY_LENGTH = 4000;
const QUOTE_LENGTH = 400;

export interface RemarkRow {
  readonly id: string;
  readonly kind: "comment" | "reservation";
  readonly language: string;
  readonly paragraph: string;
  readonly whole: boolean;
  readonly words: string;
  readonly by: string;
  readonly member: string;
}

/** What one paragraph shows in its margin. */
interface Marks {
  readonly at: number;
  readonly comments: string[];
  readonly reservations: RemarkRow[];
}

export function remarksIn(rows: Rows): readonly RemarkRow[] {
  const found = rows["remarks"];
  return Array.isArray(found) ? (found as RemarkRow[]) : [];
}

const may = (layer: Layer, what: string): boolean => (layer.rows["can"] as Record<string, boolean> | undefined)?.[what] === true;

async function ask(kind: "comment" | "reserve", { text, language, passage, paragraph }: Place): Promise<void> {
  const isComment = kind === "comment";
  const words = passage?.words ?? linearText(paragraph.node);
  const onWords = isComment ? t("Comment on these words") : t("Reserve on these words");
  const onAll = isComment ? t("Comment on this paragraph") : t("Reserve on this paragraph");
  const help = isComment ? t("Everybody who reads the text sees it.") : t("Your member’s reservation. It is kept with the adopted text unless your delegation withdraws it.");
  const answers = await compose({
    title: passage ? onWords : onAll,
    quote: words.length > QUOTE_LENGTH ? `${words.slice(0, QUOTE_LENGTH)}…` : words,
    language,
    fields: [{ name: "body", label: isComment ? t("Your comment") : t("Reservation"), kind: "lines", required: true, maxLength: BODY_LENGTH, help }],
    action: isComment ? t("Comment") : t("Reserve"),
  });
  if (answers === null) return;
  const place = passage ? { start: String(passage.start), end: String(passage.end), words: passage.words } : {};
  await send(`/texts/${text}/${kind}/`, { id: newId(), language, paragraph: paragraph.id, ...place, ...answers });
}

/** Open the first remark of the caret's paragraph that the caret is in, else the first. */
function open({ editor, layer, language }: Place): void {
  const { doc, selection } = editor.state;
  const marks = marksIn(doc, remarksIn(layer.rows), language);
  const here = marks.filter(({ at }) => at <= selection.from).at(-1);
  const id = here?.reservations[0]?.id ?? here?.comments[0];
  if (id !== undefined && doc.resolve(here?.at ?? 0).before(1) === doc.resolve(selection.from).before(1)) openThread(id);
}

export function registerRemarks(): void {
  registerAction({ name: "comment", drawing: "comment", label: () => t("Comment"), keys: "Mod+Alt+M", needs: "paragraph", isOffered: (layer) => may(layer, "comment"), run: (place) => void ask("comment", place) });
  registerAction({ name: "reserve", drawing: "flag", label: () => t("Reserve"), keys: "Mod+Alt+R", needs: "paragraph", isOffered: (layer) => may(layer, "reserve"), run: (place) => void ask("reserve", place) });
  registerAction({ name: "open-remark", drawing: "thread", label: () => t("Open remark"), keys: "Mod+Alt+J", needs: "paragraph", isOffered: (layer) => remarksIn(layer.rows).length > 0, run: open });
}

/** Return what each paragraph shows in its margin, in their order; `at` is where its words begin. */
function marksIn(doc: Node, rows: readonly RemarkRow[], language: string): Marks[] {
  const places = anchorsIn(doc);
  const starts = new Map<number, number>();
  const byId = new Map<string, number>();
  doc.forEach((node, at) => {
    let start = at + 1;
    for (let inner: Node | null = node; inner && !inner.isTextblock; inner = inner.firstChild) start += 1;
    starts.set(at, start);
    byId.set(String(node.attrs["id"]), at);
  });
  const found = new Map<number, Marks>();
  for (const row of rows) {
    if (row.language !== language) continue;
    const place = row.whole ? undefined : places.get(row.id);
    const at = place ? doc.resolve(place.from).before(1) : row.whole ? byId.get(row.paragraph) : undefined;
    if (at === undefined) continue;
    const marks = found.get(at) ?? { at: starts.get(at) ?? at + 1, comments: [], reservations: [] };
    if (row.kind === "reservation") marks.reservations.push(row);
    else marks.comments.push(row.id);
    found.set(at, marks);
  }
  return [...found.values()].sort((one, other) => one.at - other.at);
}

function draw(doc: Node, rows: readonly RemarkRow[], language: string): DecorationSet {
  const places = anchorsIn(doc);
  const lines = rows.flatMap((row) => {
    const place = row.language === language ? places.get(row.id) : undefined;
    if (!place) return [];
    return [Decoration.inline(place.from, place.to, { class: row.kind === "reservation" ? "remark-reserved" : "remark-commented" })];
  });
  const margins = marksIn(doc, rows, language).map(({ at, comments, reservations }) => {
    const key = `remarks ${comments.join()} ${reservations.map(({ id }) => id).join()}`;
    const element = (): HTMLElement => margin(comments, reservations);
    return Decoration.widget(at, element, { key, side: -1, ignoreSelection: true, stopEvent: () => true });
  });
  return DecorationSet.create(doc, [...lines, ...margins]);
}

/** The marks of one paragraph: real buttons for the mouse and for those who read; who writes has a key for them. */
function margin(comments: readonly string[], reservations: readonly RemarkRow[]): HTMLElement {
  const holder = document.createElement("span");
  holder.className = "remark-marks";
  holder.contentEditable = "false";
  for (const { id, member } of reservations) {
    holder.append(mark("remark-mark-reservation", member, t("Reservation of {member}", { member }), id));
  }
  const [first] = comments;
  const count = comments.length;
  if (first !== undefined) holder.append(mark("remark-mark-comment", String(count), t("{n} comment | {n} comments", { n: count }), first));
  return holder;
}

function mark(className: string, words: string, name: string, id: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.className = `remark-mark ${className}`;
  button.textContent = words;
  button.title = button.ariaLabel = name;
  button.addEventListener("mousedown", (event) => { event.preventDefault(); });
  button.addEventListener("click", () => { openThread(id); });
  return button;
}

const key = new PluginKey<DecorationSet>("remarks");

/** Draws the remarks of one version; what is drawn moves along with typing and is drawn anew when rows or the others change something. */
export function remarks(layer: Layer, language: string): Extension {
  const isDrawnAnew = (tr: Transaction): boolean => tr.getMeta(key) === true || isChangeOrigin(tr);
  const drawn = (state: EditorState): DecorationSet => draw(state.doc, remarksIn(layer.rows), language);
  return Extension.create({
    name: "remarks",
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_config, state) => drawn(state),
          apply: (tr, set, _before, state) => (isDrawnAnew(tr) ? drawn(state) : set.map(tr.mapping, tr.doc)),
        },
        props: { decorations: (state) => key.getState(state) },
        view: (view) => {
          let shown = JSON.stringify(remarksIn(layer.rows));
          const stop = layer.listen((rows) => {
            const now = JSON.stringify(remarksIn(rows));
            if (now === shown) return;
            shown = now;
            redraw(view, key);
          });
          return { destroy: stop };
        },
      }),
    ],
  });
}
