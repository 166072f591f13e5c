/** The drawings on the tools, from Tabler's icons; hidden from screen readers, since every tool has a name. */
import redo from "@tabler/icons/outline/arrow-forward-up.svg?raw";
import undo from "@tabler/icons/outline/arrow-back-up.svg?raw";
import bold from "@tabler/icons/outline/bold.svg?raw";
import raise from "@tabler/icons/outline/indent-decrease.svg?raw";
import nest from "@tabler/icons/outline/indent-increase.svg?raw";
import italic from "@tabler/icons/outline/italic.svg?raw";
import numberedList from "@tabler/icons/outline/list-numbers.svg?raw";
import bulletList from "@tabler/icons/outline/list.svg?raw";

const DRAWINGS = { redo, undo, bold, raise, nest, italic, numberedList, bulletList };

export type Drawing = keyof typeof DRAWINGS;

export function drawing(name: Drawing): Element {
  const svg = new DOMParser().parseFromString(DRAWINGS[name], "image/svg+xml").documentElement;
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
