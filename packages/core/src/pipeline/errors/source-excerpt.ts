import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A few lines of a program, round the one that a stack names. */
export interface SourceExcerpt {
  readonly file: string;
  /** Of the line that is meant, the first = 1. */
  readonly line: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

const LINES_BEFORE = 4;
const LINES_AFTER = 3;
const LONGEST_LINE = 240;
const LARGEST_FILE = 2_097_152;
const PLACE = /^(.+):(\d+):\d+$/;

/** The lines round the first frame of the user's own code; undefined where there is none, or its file can not be read. */
export function readSourceExcerpt(stack: readonly string[]): SourceExcerpt | undefined {
  const frame = stack.find((one) => one.startsWith('at ') && isOwnFrame(one));
  const [, name, digits] = PLACE.exec(frame === undefined ? '' : readPlace(frame)) ?? [];
  if (name === undefined) return undefined;
  try {
    const file = name.startsWith('file://') ? fileURLToPath(name) : name;
    return readLines(file, Number(digits));
  } catch {
    return undefined;
  }
}

/** What stands in the parentheses of a frame, `at find (/src/store.ts:1:2)`, or where there are none after the `at`. */
function readPlace(frame: string): string {
  if (!frame.endsWith(')')) return frame.replace(/^at (?:async )?/, '');
  return frame.slice(frame.indexOf(' (') + 2, -1);
}

/** Answers whether a frame of a stack is the reader's own: neither a library's nor Node's. */
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
