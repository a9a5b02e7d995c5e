/** What the names of files say, but for what the compiler asks of them. */

/** Files of which a plugin for Vite makes JavaScript that may hold what the user has written in them: components, Ember's among them, and pages of Markdown with scripts. */
export const component = /\.(?:vue|svelte|astro|mdx?|svx|g[jt]s)$/;

/** Vite makes modules of the scripts in them. */
export const page = /\.html?$/;

export const isDeclaration = (name: string): boolean => /\.d\.([^.]+\.)?[cm]?ts$/.test(name);
export const isInstalled = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path);
