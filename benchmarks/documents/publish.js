// Where the figures are published: the results folder of the repository, and docs/performance.md, which quotes it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatMarkdown } from '../harness/write-results.js';
import { writeFigures } from './write-figures.js';

/** The results that the repository publishes. */
export const PUBLISHED = path.resolve(import.meta.dirname, '../results');

/** The document with figures in it. */
export const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/performance.md');

/** The text of the document with the figures of results.json. */
export async function makeDocument(results) {
  return formatMarkdown(DOCUMENT, writeFigures(readFileSync(DOCUMENT, 'utf8'), results));
}
