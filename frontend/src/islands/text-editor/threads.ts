/** From a mark in the text to its thread: in the card beside the text, or in a dialog where there is no room for that. */
import { reveal } from "../../reveal";

const NARROW = "(width < 62rem)";

export function openThread(remark: string): void {
  const thread = document.getElementById(`remark-${remark}`);
  if (thread && !matchMedia(NARROW).matches) reveal(thread);
  else document.dispatchEvent(new CustomEvent("open-thread", { detail: { url: `/texts/remarks/${remark}/` } }));
}
