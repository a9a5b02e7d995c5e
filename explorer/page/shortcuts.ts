/** Alt and a key, by where the key is: with Alt some systems make it another letter. */

export function onShortcut(actions: Readonly<Record<string, () => void>>): void {
  addEventListener(
    "keydown",
    (event) => {
      const { altKey, ctrlKey, metaKey, code } = event;
      if (!altKey || ctrlKey || metaKey || !Object.hasOwn(actions, code)) return;
      event.preventDefault();
      actions[code]!();
    },
    { capture: true },
  );
}
