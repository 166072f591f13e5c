/**
 * What a negotiated text is made of: headings, paragraphs that are numbered unless said otherwise, lists, bold and italic. The same
 * schema is read by the server's canonical form; nothing else can be typed, pasted or dropped.
 */
import { Extension, type Extensions, Mark } from "@tiptap/core";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    numbering: {
      /** Give the selected top-level paragraphs a number, or take it away. */
      toggleNumbering: () => ReturnType;
    };
  }
}

/** Attributes written by the server may be strings. */
export function isNumbered(value: unknown): boolean {
  return value !== false && value !== "false";
}

/** Return a heading level between 1 and 3, whatever was written in the document. */
export function headingLevel(value: unknown): 1 | 2 | 3 {
  const level = Number(value);
  if (level === 1 || level === 2) return level;
  return 3;
}

const NumberedParagraph = Paragraph.extend({
  addAttributes() {
    return {
      numbered: {
        default: true,
        keepOnSplit: true,
        parseHTML: (element) => !element.hasAttribute("data-unnumbered"),
        renderHTML: ({ numbered }) => (isNumbered(numbered) ? { "data-numbered": "" } : { "data-unnumbered": "" }),
      },
    };
  },
  addCommands() {
    return {
      ...this.parent?.(),
      toggleNumbering:
        () =>
        ({ state, tr, dispatch }) => {
          const { from, to } = state.selection;
          const paragraphs: { at: number; numbered: boolean }[] = [];
          state.doc.nodesBetween(from, to, (node, at, parent) => {
            if (node.type === this.type && parent === state.doc) paragraphs.push({ at, numbered: isNumbered(node.attrs["numbered"]) });
          });
          const numbered = !paragraphs.every((paragraph) => paragraph.numbered);
          for (const { at } of dispatch ? paragraphs : []) tr.setNodeAttribute(at, "numbered", numbered);
          return paragraphs.length > 0;
        },
    };
  },
  addKeyboardShortcuts() {
    return { ...this.parent?.(), "Mod-Shift-9": () => this.editor.commands.toggleNumbering() };
  },
});

const LeveledHeading = Heading.extend({
  renderHTML({ node }) {
    return [`h${headingLevel(node.attrs["level"])}`, 0];
  },
}).configure({ levels: [1, 2, 3] });

/** No `start` and no `type`: an ordered list counts from 1, in every language version. */
const PlainOrderedList = OrderedList.extend({
  addAttributes: () => ({}),
  renderHTML: () => ["ol", 0],
  addProseMirrorPlugins: () => [],
});

/** Tab leaves the editor, as a person without a mouse expects; the nesting of lists has its own keys. */
const TextListItem = ListItem.extend({
  content: "paragraph (bulletList | orderedList)*",
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});

/** The blocks at the top of a text: what negotiators call its paragraphs. */
export const TOP_BLOCKS: readonly string[] = ["heading", "paragraph", "bulletList", "orderedList"];

/** The name of a paragraph, which its counterparts in the other languages share; `block-ids.ts` gives it. */
const BlockId = Extension.create({
  name: "blockId",
  addGlobalAttributes: () => [
    { types: [...TOP_BLOCKS], attributes: { id: { default: null, keepOnSplit: false, parseHTML: () => null, renderHTML: ({ id }) => (id ? { "data-paragraph": id as string } : {}) } } },
  ],
});

/**
 * A place in the words, by the id of the row that says what stands there. Only the server places and removes anchors; the editor carries
 * them along. Nothing pasted brings one, and words typed at its edges stay outside.
 */
export const Anchor = Mark.create({
  name: "anchor",
  inclusive: false,
  excludes: "",
  addAttributes: () => ({ id: { default: null } }),
  renderHTML: ({ mark }) => ["span", { "data-anchor": mark.attrs["id"] as string }, 0],
});

export const textSchema: Extensions = [
  Document,
  Text,
  NumberedParagraph,
  LeveledHeading,
  BulletList,
  PlainOrderedList,
  TextListItem,
  Bold,
  Italic,
  HardBreak,
  BlockId,
  Anchor,
];
