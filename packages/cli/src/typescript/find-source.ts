import { existsSync } from 'node:fs';

/** The TypeScript of the project itself; packages come with JavaScript. */
export function isSource(file: string): boolean {
  return /\.[mc]?ts$/.test(file) && !/[\\/]node_modules[\\/]/.test(file);
}

/** Finds the TypeScript that an import of its output means: `./notes.js` is `./notes.ts`. */
export function findSource(wanted: string): string | undefined {
  const [, stem, letter = ''] = /^(.*)\.([mc]?)js$/.exec(wanted) ?? [];
  if (stem === undefined) return undefined;
  const source = `${stem}.${letter}ts`;
  return existsSync(source) ? source : undefined;
}
