/** The few lines that build elements without markup in strings. */

type Attributes = Record<string, string | boolean>;

/** Return `<tag …attributes>…children</tag>`; an attribute that is false is left out. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

export function button(classes: string, label: string, onClick: () => void, ...before: Node[]): HTMLButtonElement {
  const element = make("button", { type: "button", class: classes }, ...before, make("span", {}, label));
  element.addEventListener("click", onClick);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Draw the Tabler icon `name` from the page's sprite, as decoration. */
export function icon(name: string): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.documentElement.dataset["icons"] ?? ""}#${name}`);
  picture.append(use);
  return picture;
}

/** Draw the flag of a member, as decoration; nothing where there is none. */
export function flag(code: string | null): HTMLImageElement | "" {
  if (code === null || !/^[A-Z]{2}$/.test(code)) return "";
  const source = `${import.meta.env.BASE_URL}flags/${code.toLowerCase()}.svg`;
  const image = make("img", { class: "flag", src: source, width: "20", height: "15", alt: "" });
  image.addEventListener("error", () => image.remove());
  return image;
}

/** Set or take off an attribute, leaving it alone when it is right already. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Let a media element play `track` (null: nothing), without a new start when it plays it already. */
export function play(element: HTMLMediaElement, track: MediaStreamTrack | null, onBlocked: () => void): void {
  const stream = element.srcObject instanceof MediaStream ? element.srcObject : null;
  if ((stream?.getTracks()[0] ?? null) === track) return;
  element.srcObject = track && new MediaStream([track]);
  if (track) {
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") onBlocked();
    });
  }
}
