/** The picture of the states: shows it, and lights its states up. */

export class GraphView {
  private zoom: number | undefined;
  /** Of the picture that is shown. */
  private title = "";

  constructor(
    private readonly element: HTMLElement,
    private readonly pointed: (state: number | undefined) => void,
  ) {
    const stateAt = (event: Event): number | undefined => {
      const found = (event.target as Element).closest<SVGElement>("[data-state]");
      return found ? Number(found.dataset["state"]) : undefined;
    };
    for (const kind of ["pointerover", "focusin"]) element.addEventListener(kind, (event) => pointed(stateAt(event)));
    for (const kind of ["pointerleave", "focusout"]) element.addEventListener(kind, () => pointed(undefined));
    element.addEventListener("keydown", (event) => this.walk(event, stateAt(event)));
    new ResizeObserver(() => this.scale()).observe(element);
  }

  show(svg: string): void {
    const focused = (document.activeElement as SVGElement | null)?.dataset?.["state"];
    this.element.innerHTML = svg;
    this.scale();
    const title = this.element.querySelector("title")?.textContent ?? "";
    if (title !== this.title) this.showStart();
    this.title = title;
    if (focused !== undefined) this.stateElement(Number(focused))?.focus();
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
    const { width, height } = svg.viewBox.baseVal;
    const room = (this.element.clientWidth - 8) / width;
    // Smaller than this the code in the boxes cannot be read; then the reader scrolls.
    const whole = Math.max(0.72, Math.min(room, (this.element.clientHeight - 4) / height));
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
    if (!isSeen) this.element.scrollBy({ left, top, behavior: "smooth" });
  }

  /** The arrow keys go from state to state. */
  private walk(event: KeyboardEvent, from: number | undefined): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined || from === undefined) return;
    const next = this.stateElement(from + step);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    this.reveal(next);
    this.pointed(from + step);
  }
}
