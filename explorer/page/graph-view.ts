/** The picture of the states: shows it, and lights its states up. */

import { element } from "./elements.js";

export class GraphView {
  private zoom: number | undefined;
  /** Of the picture that is shown. */
  private title = "";
  /** Its elements as text, in their order, and its natural size. */
  private parts: readonly string[] = [];
  private size = { width: 1, height: 1 };
  private room = { width: 1, height: 1 };

  constructor(
    private readonly element: HTMLElement,
    pointed: (state: number | undefined) => void,
  ) {
    const stateAt = (event: Event): number | undefined => {
      const found = (event.target as Element).closest<SVGElement>("[data-state]");
      return found ? Number(found.dataset["state"]) : undefined;
    };
    for (const kind of ["pointerover", "focusin"]) element.addEventListener(kind, (event) => pointed(stateAt(event)));
    for (const kind of ["pointerleave", "focusout"]) element.addEventListener(kind, () => pointed(undefined));
    element.addEventListener("keydown", (event) => this.walk(event, stateAt(event)));
    new ResizeObserver(() => {
      this.room = { width: element.clientWidth, height: element.clientHeight };
      this.scale();
    }).observe(element);
  }

  /** `svg` has one of its elements a line, as `svgOf` writes it; other HTML is shown as it is. */
  show(svg: string): void {
    const [head = "", ...parts] = svg.split("\n");
    const [, width, height] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(head)?.map(Number) ?? [0, 0, 0];
    const focused = (document.activeElement as SVGElement | null)?.dataset?.["state"];
    const drawn = this.element.querySelector("svg");
    if (drawn && width && parts.length === this.parts.length) this.patch(drawn, head, parts);
    else this.element.innerHTML = svg;
    this.parts = parts;
    this.size = { width: width || 1, height: height || 1 };
    this.scale();
    const title = this.element.querySelector("title")?.textContent ?? "";
    if (title !== this.title) this.showStart();
    this.title = title;
    if (focused !== undefined) this.stateElement(Number(focused))?.focus({ preventScroll: true });
  }

  /** Most keystrokes change one box: the browser need not build and measure the others anew. */
  private patch(drawn: SVGSVGElement, head: string, parts: readonly string[]): void {
    const viewBox = /viewBox="([^"]*)"/.exec(head)![1]!;
    if (drawn.getAttribute("viewBox") !== viewBox) drawn.setAttribute("viewBox", viewBox);
    const old = [...drawn.children];
    for (const [index, part] of parts.entries()) {
      if (part === this.parts[index]) continue;
      const made = element("template", { innerHTML: `<svg>${part}</svg>` }).content.firstElementChild!;
      if (made.firstElementChild) old[index]!.replaceWith(made.firstElementChild);
    }
  }

  light(className: "is-linked" | "is-current", states: readonly number[], scroll = false): void {
    for (const each of this.element.querySelectorAll(`.${className}`)) each.classList.remove(className);
    const found = states.map((id) => this.stateElement(id)).filter((each) => each !== null);
    for (const each of found) each.classList.add(className);
    if (scroll && found[0]) this.reveal(found[0]);
  }

  /** Undefined: as wide as there is room, at most in its natural size. */
  setZoom(factor: number | undefined): void {
    this.zoom = factor === undefined ? undefined : Math.min(2, Math.max(0.25, this.scale() * factor));
    this.scale();
  }

  private scale(): number {
    const svg = this.element.querySelector("svg");
    if (!svg) return 1;
    const { width, height } = this.size;
    const room = (this.room.width - 8) / width;
    // Smaller than this the code in the boxes cannot be read; then the reader scrolls.
    const whole = Math.max(0.72, Math.min(room, (this.room.height - 4) / height));
    const scale = this.zoom ?? Math.min(1, whole, Math.max(0.55, room));
    svg.setAttribute("width", String(width * scale));
    svg.setAttribute("height", String(height * scale));
    return scale;
  }

  private showStart(): void {
    const start = this.element.querySelector(".start")?.getBoundingClientRect();
    const { left, width } = this.element.getBoundingClientRect();
    this.element.scrollTop = 0;
    if (start) this.element.scrollLeft += start.left - left - width / 2;
  }

  private stateElement(id: number): SVGElement | null {
    return this.element.querySelector<SVGElement>(`[data-state="${id}"]`);
  }

  /** Scrolls the panel, and not the page. */
  private reveal(found: Element): void {
    const outer = this.element.getBoundingClientRect();
    const inner = found.getBoundingClientRect();
    const left = inner.left - outer.left - (outer.width - inner.width) / 2;
    const top = inner.top - outer.top - (outer.height - inner.height) / 2;
    const isSeen = inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (!isSeen) this.element.scrollBy({ left, top, behavior });
  }

  /** The arrow keys go from state to state, from the picture itself to the one in which the generator stands, or to the first. */
  private walk(event: KeyboardEvent, from: number | undefined): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const next =
      from === undefined
        ? (this.element.querySelector<SVGElement>(".is-current") ?? this.stateElement(0))
        : this.stateElement(from + step);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    this.reveal(next);
  }
}
