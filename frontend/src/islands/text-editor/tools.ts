/** The tools of the toolbar: what each does, whether it is on, whether it can be used now. */
import type { Editor } from "@tiptap/core";
import type { Drawing } from "./icons";
import { isNumbered } from "./schema";
import { t } from "./words";

export interface Tool {
  readonly name: string;
  readonly label: () => string;
  /** A drawing, or a letter where a letter says more. */
  readonly face: { readonly drawing: Drawing } | { readonly letter: string };
  /** As `aria-keyshortcuts` wants it, with `Mod` for Control or Command. */
  readonly keys: string;
  readonly run: (editor: Editor) => boolean;
  /** Absent for tools that are not toggles. */
  readonly isOn?: (editor: Editor) => boolean;
  readonly canRun: (editor: Editor) => boolean;
}

const always = (): boolean => true;

function heading(level: 1 | 2 | 3, label: () => string): Tool {
  return {
    name: `heading-${level}`,
    label,
    face: { letter: `H${level}` },
    keys: `Mod+Alt+${level}`,
    run: (editor) => editor.commands.toggleHeading({ level }),
    isOn: (editor) => editor.isActive("heading") && Number(editor.getAttributes("heading")["level"]) === level,
    canRun: (editor) => editor.can().toggleHeading({ level }),
  };
}

/** A paragraph of the text itself: those inside lists carry no number of their own. */
function isNumberedParagraph(editor: Editor): boolean {
  const { $from } = editor.state.selection;
  return $from.depth === 1 && $from.parent.type.name === "paragraph" && isNumbered($from.parent.attrs["numbered"]);
}

export const TOOLS: readonly (readonly Tool[])[] = [
  [
    heading(1, () => t("Title")),
    heading(2, () => t("Heading")),
    heading(3, () => t("Subheading")),
    {
      name: "numbering",
      label: () => t("Number this paragraph"),
      face: { letter: "§" },
      keys: "Mod+Shift+9",
      run: (editor) => editor.commands.toggleNumbering(),
      isOn: isNumberedParagraph,
      canRun: (editor) => editor.can().toggleNumbering(),
    },
  ],
  [
    {
      name: "bold",
      label: () => t("Bold"),
      face: { drawing: "bold" },
      keys: "Mod+B",
      run: (editor) => editor.commands.toggleBold(),
      isOn: (editor) => editor.isActive("bold"),
      canRun: always,
    },
    {
      name: "italic",
      label: () => t("Italic"),
      face: { drawing: "italic" },
      keys: "Mod+I",
      run: (editor) => editor.commands.toggleItalic(),
      isOn: (editor) => editor.isActive("italic"),
      canRun: always,
    },
  ],
  [
    {
      name: "bullet-list",
      label: () => t("Bullet list"),
      face: { drawing: "bulletList" },
      keys: "Mod+Shift+8",
      run: (editor) => editor.commands.toggleBulletList(),
      isOn: (editor) => editor.isActive("bulletList"),
      canRun: always,
    },
    {
      name: "numbered-list",
      label: () => t("Numbered list"),
      face: { drawing: "numberedList" },
      keys: "Mod+Shift+7",
      run: (editor) => editor.commands.toggleOrderedList(),
      isOn: (editor) => editor.isActive("orderedList"),
      canRun: always,
    },
    {
      name: "nest",
      label: () => t("Nest the list item"),
      face: { drawing: "nest" },
      keys: "Mod+]",
      run: (editor) => editor.commands.sinkListItem("listItem"),
      canRun: (editor) => editor.can().sinkListItem("listItem"),
    },
    {
      name: "raise",
      label: () => t("Raise the list item"),
      face: { drawing: "raise" },
      keys: "Mod+[",
      run: (editor) => editor.commands.liftListItem("listItem"),
      canRun: (editor) => editor.can().liftListItem("listItem"),
    },
  ],
  [
    {
      name: "undo",
      label: () => t("Undo"),
      face: { drawing: "undo" },
      keys: "Mod+Z",
      run: (editor) => editor.commands.undo(),
      canRun: (editor) => editor.can().undo(),
    },
    {
      name: "redo",
      label: () => t("Redo"),
      face: { drawing: "redo" },
      keys: "Mod+Y",
      run: (editor) => editor.commands.redo(),
      canRun: (editor) => editor.can().redo(),
    },
  ],
];
