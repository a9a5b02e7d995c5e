/** Light, dark, or as the system is; the choice is kept. */

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
const key = "aclose-explorer-theme";

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** A browser that keeps nothing of pages throws. */
function kept(): Theme {
  try {
    return themes.find((each) => each === localStorage.getItem(key)) ?? "system";
  } catch {
    return "system";
  }
}

let theme = kept();

export function switchTheme(): Theme {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  apply(theme);
  try {
    localStorage.setItem(key, theme);
  } catch {}
  return theme;
}

apply(theme);
