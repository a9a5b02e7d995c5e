/** Light, dark, or as the system is; the choice is kept. */

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
const key = "aclose-explorer-theme";

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

const kept = (): Theme => themes.find((each) => each === localStorage.getItem(key)) ?? "system";

export function switchTheme(): Theme {
  const next = themes[(themes.indexOf(kept()) + 1) % themes.length]!;
  localStorage.setItem(key, next);
  apply(next);
  return next;
}

apply(kept());
