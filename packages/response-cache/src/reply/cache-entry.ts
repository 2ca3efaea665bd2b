import { HeaderBlock, HeaderLine, type Context } from '@sluice/core';
import { checkPreconditions, keepForms } from '@sluice/core/kit';
import type { StoredReply } from './stored-reply';

/** How long an entry is used, in seconds. */
export interface Lifetime {
  readonly ttl: number;
  /** More seconds in which it is used while another one is made. */
  readonly staleWhileRevalidate: number;
  /** More seconds in which it is used if the handler fails. */
  readonly staleIfError: number;
}

/** Milliseconds for which an entry is kept, from its birth on. */
export function keepForMs({ ttl, staleWhileRevalidate, staleIfError }: Lifetime): number {
  return (ttl + Math.max(staleWhileRevalidate, staleIfError)) * 1000;
}

/** Headers that describe a body, which a 304 does not have (RFC 9110 §15.4.5). */
const DESCRIBING_BODY = new Set([
  'content-encoding',
  'content-language',
  'content-range',
  'content-type',
  'last-modified',
]);

/** Bytes of the objects round the texts and the body of an entry, by measurement. */
const OVERHEAD = 1500;

/** A reply that is kept. Its times are those of `performance.now()`. */
export class CacheEntry {
  /** Whether it was used since the memory store last looked for one to evict. */
  isUsed = false;
  /** The purge up to which it is known not to be purged. */
  checkedAt: number;
  /** Bytes of memory, about. */
  readonly bytes: number;
  private readonly hasEtag: boolean;
  private readonly hasDate: boolean;
  /** Whether a part of it may be asked for. */
  readonly hasRanges: boolean;
  private blockAge = -1;
  private block: HeaderBlock | undefined;

  /**
   * @param bornAt when it was made, or had to be valid, in milliseconds
   * @param since the latest purge before that
   * @param names those under which it can be purged
   * @param statusName the name of the cache in Cache-Status; undefined: hits do not have it
   */
  constructor(
    readonly reply: StoredReply,
    readonly lifetime: Lifetime,
    readonly bornAt: number,
    readonly since: number,
    readonly names: readonly string[],
    readonly statusName: string | undefined,
  ) {
    const { lines, appended, body } = reply;
    const has = (wanted: string): boolean => lines.some(({ lowerName }) => lowerName === wanted);
    this.hasEtag = has('etag');
    this.hasDate = has('last-modified');
    this.hasRanges = has('accept-ranges');
    this.checkedAt = since;
    if (body !== undefined) keepForms(body);
    const texts = [...lines, ...appended].flatMap(({ name, value }) => [name, value]);
    const characters = [...texts, ...names].reduce((sum, text) => sum + text.length, 0);
    this.bytes = OVERHEAD + 2 * characters + (body?.byteLength ?? 0);
  }

  isFresh(now: number): boolean {
    return now - this.bornAt < this.lifetime.ttl * 1000;
  }

  /** Whether it may be used, although stale, for another reason. */
  isWithin(reason: 'staleWhileRevalidate' | 'staleIfError', now: number): boolean {
    return now - this.bornAt < (this.lifetime.ttl + this.lifetime[reason]) * 1000;
  }

  readAge(now: number): number {
    return Math.max(0, Math.floor((now - this.bornAt) / 1000));
  }

  /** Answers a request with it, or with 304 where the client has it (RFC 9111 §4.3.2). */
  answer({ request, response }: Context, now: number, isHit: boolean): void {
    const { reply } = this;
    const { headers } = response;
    response.status = reply.status;
    for (const name of reply.removed) headers.delete(name);
    if (this.isConditional(request) && this.isUnchanged(request))
      return this.answerUnchanged(response, now, isHit);
    if (headers.block === undefined) headers.setBlock(this.makeBlock(now, isHit));
    else setLines(headers, this.makeBlock(now, isHit).lines);
    response.body = reply.body;
    this.join(response);
  }

  private isConditional(request: Context['request']): boolean {
    if (this.reply.status !== 200) return false;
    return (
      (this.hasEtag && request.header('if-none-match') !== undefined) ||
      (this.hasDate && request.header('if-modified-since') !== undefined)
    );
  }

  /** If-Match and If-Unmodified-Since are for the origin of a state, and a cache may ignore them (RFC 9110 §13.1). */
  private isUnchanged(request: Context['request']): boolean {
    const find = (wanted: string): string | undefined =>
      this.reply.lines.find(({ lowerName }) => lowerName === wanted)?.value;
    const date = find('last-modified');
    const lastModified = date === undefined ? undefined : Date.parse(date);
    const validators = { etag: find('etag'), lastModified, isDateStrong: false };
    return checkPreconditions(request, validators) === 'not modified';
  }

  private answerUnchanged(response: Context['response'], now: number, isHit: boolean): void {
    response.status = 304;
    response.body = undefined;
    const { lines } = this.makeBlock(now, isHit);
    setLines(
      response.headers,
      lines.filter(({ lowerName }) => !DESCRIBING_BODY.has(lowerName)),
    );
    this.join(response);
  }

  private join({ headers }: Context['response']): void {
    const { appended, vary } = this.reply;
    for (const { name, value } of appended) headers.append(name, value);
    if (vary !== undefined) headers.vary(vary);
  }

  /** The headers of its answers, which change once a second, unless it never becomes stale. */
  private makeBlock(now: number, isHit: boolean): HeaderBlock {
    const age = this.readAge(now);
    if (this.lifetime.ttl === Infinity) return (this.block ??= new HeaderBlock(this.reply.lines));
    if (!isHit) return new HeaderBlock([...this.reply.lines, new HeaderLine('Age', age)]);
    if (this.block !== undefined && this.blockAge === age) return this.block;
    this.blockAge = age;
    return (this.block = new HeaderBlock([
      ...this.reply.lines,
      new HeaderLine('Age', age),
      ...(this.statusName === undefined
        ? []
        : [new HeaderLine('Cache-Status', `${this.statusName}; hit; ttl=${this.lifetime.ttl - age}`)]),
    ]));
  }
}

/** Sets lines, of which several may have one name: then they follow each other. */
function setLines(headers: Context['response']['headers'], lines: readonly HeaderLine[]): void {
  let former: string | undefined;
  for (const line of lines) {
    if (line.lowerName === former) headers.append(line.name, line.value);
    else headers.setLine(line);
    former = line.lowerName;
  }
}
