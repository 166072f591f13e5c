import { expect, test } from "vitest";
import { namesIn, symbol } from "./icons";

test("icons are found where templates, Python and TypeScript name them", () => {
  const source = `{% icon "video" %} {% include "x.html" with icon="file-text" %} Waiting(icon="hourglass") icon("mic")`;
  expect(namesIn(source)).toEqual(["video", "file-text", "hourglass", "mic"]);
  expect(namesIn("{% icon thing.icon %} lexicon(name) icon=name")).toEqual([]);
});

test("an icon becomes a symbol of its shapes alone", () => {
  const svg = `<!-- a note -->\n<svg xmlns="x" width="24">\n  <path d="M1 1" />\n</svg>\n`;
  expect(symbol("dot", svg)).toBe('<symbol id="dot" viewBox="0 0 24 24"><path d="M1 1" /></symbol>');
});
