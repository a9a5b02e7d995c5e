/**
 * Alt and a key, by where the key is: with Alt some systems make it another letter. Where one types, Alt and Backspace takes a word away,
 * or brings one back.
 */

export function onShortcut(actions: Readonly<Record<string, () => void>>): void {
  addEventListener(
    "keydown",
    (event) => {
      const { altKey, ctrlKey, metaKey, code } = event;
      if (!altKey || ctrlKey || metaKey || !Object.hasOwn(actions, code)) return;
      if (code === "Backspace" && (event.target as Element).matches("input, [contenteditable] *, [contenteditable]"))
        return;
      event.preventDefault();
      actions[code]!();
    },
    { capture: true },
  );
}
