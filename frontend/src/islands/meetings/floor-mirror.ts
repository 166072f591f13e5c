/**
 * Tells the video who has the floor; the room's head brings it anew after each change, while the video stays:
 *
 *     <floor-mirror data-delegate="<delegate uuid, or empty>"></floor-mirror>
 */
export class FloorMirror extends HTMLElement {
  static readonly observedAttributes = ["data-delegate"];

  connectedCallback(): void {
    this.#tell();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#tell();
  }

  #tell(): void {
    const video = document.querySelector("meeting-room");
    video?.setAttribute("data-floor", this.dataset["delegate"] ?? "");
  }
}
