/** What the ending of a file's name says. */

export const isTypeScript = (name: string): boolean => /\.(?:[cm]?ts|tsx)$/.test(name);
export const isJavaScript = (name: string): boolean => /\.(?:[cm]?js|jsx)$/.test(name);
export const isSourceFile = (name: string): boolean => isTypeScript(name) || isJavaScript(name);
