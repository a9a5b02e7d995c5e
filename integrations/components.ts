/** Files of which a plugin for Vite makes JavaScript that may hold what the user has written in them: components, and pages of Markdown with scripts. */
export const component = /\.(?:vue|svelte|astro|mdx?|svx)$/;
