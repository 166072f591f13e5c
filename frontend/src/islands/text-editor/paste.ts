/**
 * What a paste may bring in. Word and the web say bold and italic by style, and bring metadata, pictures, tables and scripts; all of
 * it is reduced to the tags of the schema before the editor parses it.
 */

const DROPPED =
  "script, style, template, iframe, object, embed, svg, math, head, title, meta, link, noscript, img, picture, video, audio, input, textarea, select, button";
const BLOCKS =
  "address, article, aside, blockquote, dd, div, dl, dt, figcaption, figure, footer, header, main, nav, p, pre, section, table, tbody, td, tfoot, th, thead, tr, ul, ol, li, h1, h2, h3, h4, h5, h6";
const KEPT: ReadonlyMap<string, string> = new Map(
  Object.entries({ P: "p", H1: "h1", H2: "h2", H3: "h3", H4: "h3", H5: "h3", H6: "h3", UL: "ul", OL: "ol", LI: "li", BR: "br" }),
);
/** The two facts that our own editor writes on what it copies. */
const KEPT_ATTRIBUTES = ["data-pm-slice", "data-unnumbered"];
/** Word's style for the paragraphs of a list, and for the bullet or number that it writes as text in front of each. */
const WORD_LIST = /mso-list:(?!\s*(ignore|none))/i;
const WORD_MARKER = /mso-list:\s*ignore/i;
const COUNTED_MARKER = /^\s*\(?([0-9]+|[a-z]|[ivxlc]+)[.)]/i;

/** Style attributes under another name: the content security policy speaks up even about a document that is never shown. */
const STYLE_IN_TAG = /(<[^>]*?\s)style(?=\s*=)/gi;
const STYLE = "data-style";

/** Return HTML that holds nothing but the schema's tags. */
export function cleanPaste(html: string): string {
  const parsed = new DOMParser().parseFromString(html.replace(STYLE_IN_TAG, `$1${STYLE}`), "text/html");
  for (const element of parsed.querySelectorAll(DROPPED)) element.remove();
  const clean = document.implementation.createHTMLDocument("").body;
  appendChildren(parsed.body, clean);
  return clean.innerHTML;
}

function appendChildren(source: Element, target: Element): void {
  for (const child of source.childNodes) {
    if (child instanceof Text) target.append(child.data);
    else if (child instanceof Element) appendElement(child, target);
  }
}

function appendElement(source: Element, target: Element): void {
  const style = source.getAttribute(STYLE) ?? "";
  if (WORD_MARKER.test(style)) return;
  if (source.tagName === "P" && WORD_LIST.test(style)) {
    appendWordItem(source, target);
    return;
  }
  const tag = KEPT.get(source.tagName) ?? (isLeafBlock(source) ? "p" : null);
  const into = tag === null ? target : appendTag(tag, target);
  for (const name of KEPT_ATTRIBUTES) copyAttribute(source, into, name, tag !== null);
  appendChildren(source, marked(source, style, into));
}

function appendTag(tag: string, target: Element): Element {
  return target.appendChild(target.ownerDocument.createElement(tag));
}

function copyAttribute(source: Element, into: Element, name: string, kept: boolean): void {
  const value = source.getAttribute(name);
  if (kept && value !== null) into.setAttribute(name, value);
}

/** A block that holds only words becomes a paragraph; one that holds blocks disappears around them. */
function isLeafBlock(element: Element): boolean {
  return element.matches(BLOCKS) && element.querySelector(BLOCKS) === null;
}

function marked(source: Element, style: string, into: Element): Element {
  let inner = into;
  if (source.matches(BLOCKS)) return inner;
  if (isBold(source, style)) inner = appendTag("strong", inner);
  if (isItalic(source, style)) inner = appendTag("em", inner);
  return inner;
}

function isBold(source: Element, style: string): boolean {
  const weight = /(?:^|;)\s*font-weight:\s*([a-z0-9]+)/i.exec(style)?.[1];
  if (weight !== undefined) return /^(bold|bolder|[6-9]00)$/i.test(weight);
  return source.matches("b, strong");
}

function isItalic(source: Element, style: string): boolean {
  const slope = /(?:^|;)\s*font-style:\s*([a-z]+)/i.exec(style)?.[1];
  if (slope !== undefined) return /^(italic|oblique)$/i.test(slope);
  return source.matches("i, em");
}

/** Put one of Word's list paragraphs into the list before it, or start a list with it. */
function appendWordItem(source: Element, target: Element): void {
  const marker = [...source.querySelectorAll(`[${STYLE}]`)].find((part) => WORD_MARKER.test(part.getAttribute(STYLE) ?? ""));
  const tag = COUNTED_MARKER.test(marker?.textContent ?? "") ? "ol" : "ul";
  const last = target.lastElementChild;
  const list = last?.localName === tag && last.hasAttribute("data-word") ? last : appendTag(tag, target);
  list.setAttribute("data-word", "");
  appendChildren(source, appendTag("p", appendTag("li", list)));
}
