import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A few lines of a source file, around the line that a stack names. */
export interface SourceExcerpt {
  readonly file: string;
  /** The number of that line; the first is 1. */
  readonly line: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

const LINES_BEFORE = 4;
const LINES_AFTER = 3;
const LONGEST_LINE = 240;
const LARGEST_FILE = 2_097_152;
const PLACE = /^(.+):(\d+):\d+$/;

/** Reads the lines around the first frame of the user's own code; undefined if there is none, or its file cannot be read. */
export function readSourceExcerpt(stack: readonly string[]): SourceExcerpt | undefined {
  const frame = stack.find((one) => one.startsWith('at ') && isOwnFrame(one));
  const [, name, digits] = PLACE.exec(frame === undefined ? '' : parsePlace(frame)) ?? [];
  if (name === undefined) return undefined;
  try {
    const file = name.startsWith('file://') ? fileURLToPath(name) : name;
    return readLines(file, Number(digits));
  } catch {
    return undefined;
  }
}

/** Parses the place out of `at find (/src/store.ts:1:2)`, or of `at /src/store.ts:1:2`. */
function parsePlace(frame: string): string {
  if (!frame.endsWith(')')) return frame.replace(/^at (?:async )?/, '');
  return frame.slice(frame.indexOf(' (') + 2, -1);
}

/** Answers whether a frame of a stack is in the user's own code, not in a library or in Node. */
export function isOwnFrame(frame: string): boolean {
  return !frame.includes('node_modules') && !frame.includes('node:') && !frame.includes('<anonymous>)');
}

function readLines(file: string, line: number): SourceExcerpt | undefined {
  if (statSync(file).size > LARGEST_FILE) return undefined;
  const all = readFileSync(file, 'utf8').split('\n');
  if (line > all.length) return undefined;
  const first = Math.max(1, line - LINES_BEFORE);
  const lines = all.slice(first - 1, line + LINES_AFTER).map((text, index) => ({
    number: first + index,
    text: text.trimEnd().slice(0, LONGEST_LINE),
  }));
  return { file, line, lines };
}
