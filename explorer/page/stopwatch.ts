/** From a keystroke to the picture on the screen, as measures of the page's performance timeline. */

import type { DrawTimes } from "../protocol.js";

export class Stopwatch {
  private typed: number | undefined;

  /** The event that changes the text begins the time, and not what the editor makes of it. */
  constructor(editor: HTMLElement) {
    editor.addEventListener(
      "beforeinput",
      ({ timeStamp }) => {
        this.typed = timeStamp;
      },
      { capture: true },
    );
  }

  /** The picture of the last keystroke is in the document; it counts when the browser has painted it. */
  shown({ received, compiled, drawn }: DrawTimes, answered: number): void {
    const { typed } = this;
    this.typed = undefined;
    if (typed === undefined) return;
    // Nobody reads those of each keystroke before.
    performance.clearMeasures();
    const here = (time: number): number => time - performance.timeOrigin;
    const shown = performance.now();
    const measure = (name: string, start: number, end: number) => performance.measure(name, { start, end });
    afterPaint(() => {
      const end = performance.now();
      measure("editor and way to the compiler", typed, here(received));
      measure("compiling", here(received), here(compiled));
      measure("layout and drawing", here(compiled), here(drawn));
      measure("way back", here(drawn), answered);
      measure("into the document", answered, shown);
      measure("painting", shown, end);
      measure("keystroke to graph", typed, end);
    });
  }
}

/** A message that is posted in a frame's callback arrives behind that frame's painting. */
function afterPaint(then: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      then();
    };
    port2.postMessage(undefined);
  });
}
