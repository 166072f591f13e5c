/** The drawings on the tools, from Tabler's icons; hidden from screen readers, since every tool has a name. */
import redo from "@tabler/icons/outline/arrow-forward-up.svg?raw";
import undo from "@tabler/icons/outline/arrow-back-up.svg?raw";
import bold from "@tabler/icons/outline/bold.svg?raw";
import agree from "@tabler/icons/outline/checks.svg?raw";
import brackets from "@tabler/icons/outline/brackets.svg?raw";
import comment from "@tabler/icons/outline/message-plus.svg?raw";
import flag from "@tabler/icons/outline/flag-plus.svg?raw";
import inStep from "@tabler/icons/outline/equal.svg?raw";
import move from "@tabler/icons/outline/arrows-move-vertical.svg?raw";
import newParagraph from "@tabler/icons/outline/text-plus.svg?raw";
import openBrackets from "@tabler/icons/outline/brackets-contain.svg?raw";
import openProposal from "@tabler/icons/outline/file-search.svg?raw";
import pencil from "@tabler/icons/outline/pencil.svg?raw";
import quote from "@tabler/icons/outline/quote.svg?raw";
import thread from "@tabler/icons/outline/messages.svg?raw";
import trash from "@tabler/icons/outline/trash.svg?raw";
import raise from "@tabler/icons/outline/indent-decrease.svg?raw";
import nest from "@tabler/icons/outline/indent-increase.svg?raw";
import italic from "@tabler/icons/outline/italic.svg?raw";
import numberedList from "@tabler/icons/outline/list-numbers.svg?raw";
import bulletList from "@tabler/icons/outline/list.svg?raw";

const DRAWINGS = {
  agree, bold, brackets, bulletList, comment, flag, inStep, italic, move, nest, newParagraph, numberedList, openBrackets, openProposal,
  pencil, quote, raise, redo, thread, trash, undo,
};

export type Drawing = keyof typeof DRAWINGS;

export function drawing(name: Drawing): Element {
  const svg = new DOMParser().parseFromString(DRAWINGS[name], "image/svg+xml").documentElement;
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
