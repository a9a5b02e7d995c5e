/** What the names of files say. */

/** Files of which a plugin for Vite makes JavaScript that may hold what the user has written in them: components, Ember's among them, and pages of Markdown with scripts. */
export const component = /\.(?:vue|svelte|astro|mdx?|svx|g[jt]s)$/;

export const isSourceFile = (name: string): boolean => /\.[cm]?[jt]sx?$/.test(name);
export const isDeclaration = (name: string): boolean => /\.d\.([^.]+\.)?[cm]?ts$/.test(name);
export const isTypeScript = (name: string): boolean => /\.[cm]?tsx?$/.test(name) && !isDeclaration(name);
export const isInstalled = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path);
