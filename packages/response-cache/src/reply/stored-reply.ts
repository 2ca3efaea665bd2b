import { HeaderLine, type Context } from '@sluice/core';

/** A reply as it is kept: what the steps inside the cache have made, without the headers of those outside. */
export interface StoredReply {
  readonly status: number;
  /** Headers that replace others of their name. */
  readonly lines: readonly HeaderLine[];
  /** Headers that join those which middleware further out sets. */
  readonly appended: readonly HeaderLine[];
  /** Names of headers, set further out, that the steps inside have removed. */
  readonly removed: readonly string[];
  /** The fields that it names in Vary. */
  readonly vary: string | undefined;
  readonly body: Uint8Array | undefined;
}

/** Headers of one connection, of the engine, or of the cache itself (RFC 9111 §3.1). */
const UNSTORED = new Set([
  'age',
  'cache-status',
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
]);

type Values = Map<string, { readonly name: string; readonly values: string[] }>;

/** The headers of a response at one moment, by lower-case name. */
export class HeaderSnapshot {
  private readonly values: Values;

  constructor({ headers }: Context['response']) {
    this.values = gather(headers.lines);
  }

  /** Whether lines of a name have come since then, also in place of others. */
  hasMore(lowerName: string, { headers }: Context['response']): boolean {
    const before = this.values.get(lowerName)?.values ?? [];
    const present = headers.getAll(lowerName);
    return present.length > before.length || present.some((value) => !before.includes(value));
  }

  /** The headers that have changed since then. */
  compare({ headers }: Context['response']): Pick<StoredReply, 'lines' | 'appended' | 'removed'> {
    const lines: HeaderLine[] = [];
    const appended: HeaderLine[] = [];
    const present = gather(headers.lines);
    for (const [lowerName, { name, values }] of present) {
      if (UNSTORED.has(lowerName)) continue;
      const before = this.values.get(lowerName)?.values ?? [];
      const isKept = before.every((value, index) => value === values[index]);
      if (isKept && values.length === before.length) continue;
      const isJoined = isKept && before.length > 0;
      for (const value of isJoined ? values.slice(before.length) : values)
        (isJoined ? appended : lines).push(new HeaderLine(name, value));
    }
    const removed = [...this.values.keys()].filter((name) => !UNSTORED.has(name) && !present.has(name));
    return { lines, appended, removed };
  }

  /** Puts the headers back as they were. */
  restore({ headers }: Context['response']): void {
    for (const lowerName of gather(headers.lines).keys()) headers.delete(lowerName);
    for (const { name, values } of this.values.values())
      for (const value of values) headers.append(name, value);
  }
}

function gather(lines: readonly string[]): Values {
  const values: Values = new Map();
  for (let index = 0; index < lines.length; index += 3) {
    const [name, lowerName, value] = [lines[index]!, lines[index + 1]!, lines[index + 2]!];
    const known = values.get(lowerName);
    if (known === undefined) values.set(lowerName, { name, values: [value] });
    else known.values.push(value);
  }
  return values;
}
