import { isUtf8 } from 'node:buffer';
import { HeaderLine } from '@sluice/core';
import { CacheEntry, type Lifetime } from '../reply/cache-entry';

/** Another form makes another number, so that two versions of this package can share a server. */
const FORM = 1;

type Lines = readonly (readonly [name: string, value: string])[];

interface Head {
  readonly form: number;
  readonly status: number;
  readonly lines: Lines;
  readonly appended: Lines;
  readonly removed: readonly string[];
  readonly vary?: string;
  readonly body: 'none' | 'text' | 'base64';
  readonly lifetime: Lifetime;
  readonly since: number;
  readonly names: readonly string[];
  readonly statusName?: string;
}

/** Writes an entry as text: a line of JSON, then the body, because clients read values as UTF-8. */
export function formatEntry(entry: CacheEntry): string {
  const { reply, lifetime, since, names, statusName } = entry;
  const { status, removed, vary, body } = reply;
  const list = (lines: readonly HeaderLine[]): Lines => lines.map(({ name, value }) => [name, value]);
  const isText = body !== undefined && isUtf8(body);
  const head: Head = {
    form: FORM,
    status,
    lines: list(reply.lines),
    appended: list(reply.appended),
    removed,
    ...(vary !== undefined && { vary }),
    body: body === undefined ? 'none' : isText ? 'text' : 'base64',
    lifetime,
    since,
    names,
    ...(statusName !== undefined && { statusName }),
  };
  const rest = body === undefined ? '' : Buffer.from(body).toString(isText ? 'utf8' : 'base64');
  return `${JSON.stringify(head)}\n${rest}`;
}

/**
 * Reads an entry. Undefined for text that this version has not written: the next reply takes its place.
 *
 * @param findBirth returns when the entry was made, by `performance.now()`, from its lifetime
 */
export function parseEntry(text: string, findBirth: (lifetime: Lifetime) => number): CacheEntry | undefined {
  try {
    return readEntry(text, findBirth);
  } catch {
    return undefined;
  }
}

function readEntry(text: string, findBirth: (lifetime: Lifetime) => number): CacheEntry | undefined {
  const end = text.indexOf('\n');
  const head = JSON.parse(end === -1 ? text : text.slice(0, end)) as Head;
  if (head.form !== FORM) return undefined;
  const list = (lines: Lines): HeaderLine[] => lines.map(([name, value]) => new HeaderLine(name, value));
  const body =
    head.body === 'none'
      ? undefined
      : Buffer.from(text.slice(end + 1), head.body === 'text' ? 'utf8' : 'base64');
  const reply = {
    status: head.status,
    lines: list(head.lines),
    appended: list(head.appended),
    removed: head.removed,
    vary: head.vary,
    body,
  };
  const { lifetime, since, names, statusName } = head;
  return new CacheEntry(reply, lifetime, findBirth(lifetime), since, names, statusName);
}
