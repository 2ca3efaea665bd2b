import { hash } from 'node:crypto';
import { HeaderLine, type Context } from '@sluice/core';
import type { Lifetime } from './cache-entry';
import { parseDirectives, parseSeconds, readSeconds, type Directives } from './directives';
import type { HeaderSnapshot, StoredReply } from './stored-reply';

/** The settings that decide what is kept. */
export interface CaptureSettings {
  readonly lifetime: Lifetime;
  /** Statuses beside 2xx. */
  readonly statuses: ReadonlySet<number>;
  readonly maxEntryBytes: number;
  /** Whether a reply without an ETag gets one. */
  readonly addsEtag: boolean;
  /** Whether Cache-Control and Expires of the reply count. */
  readonly obeysReply: boolean;
  /** The key has the user, so replies that depend on cookies may be kept. */
  readonly isPerUser: boolean;
}

/** A reply that may be kept; or the reason why not, as a token for Cache-Status. */
export type Captured =
  | { readonly reply: StoredReply; readonly lifetime: Lifetime; readonly age: number }
  | { readonly obstacle: string };

/**
 * Takes a reply from a response, if every client that sends the same request may get it. Gives the response the ETag of
 * the reply, too.
 *
 * @param vary the fields of Vary that the steps inside the cache have named
 */
export function captureReply(
  context: Context,
  before: HeaderSnapshot,
  vary: string | undefined,
  settings: CaptureSettings,
): Captured {
  const { response } = context;
  const { obeysReply } = settings;
  const directives = parseDirectives(obeysReply ? response.headers.get('Cache-Control') : undefined);
  const obstacle = findObstacle(context, before, directives, settings);
  if (obstacle !== undefined) return { obstacle };
  const body = copyBody(response.body as string | Uint8Array | undefined);
  if (body !== undefined) {
    if (body.byteLength > settings.maxEntryBytes) return { obstacle: 'size' };
    response.body = body;
    if (settings.addsEtag && response.status === 200 && !response.headers.has('ETag'))
      response.headers.setLine(new HeaderLine('ETag', `"${hash('sha1', body, 'base64url')}"`));
  }
  const age = readAge(response.headers.get('Age'));
  const expires = obeysReply ? response.headers.get('Expires') : undefined;
  const lifetime = shorten(settings.lifetime, directives!, expires);
  if (age >= lifetime.ttl) return { obstacle: 'expired' };
  return { reply: { status: response.status, ...before.compare(response), vary, body }, lifetime, age };
}

function findObstacle(
  { request, response }: Context,
  before: HeaderSnapshot,
  directives: Directives | undefined,
  { statuses, isPerUser }: CaptureSettings,
): string | undefined {
  const { status, body } = response;
  const isKept = (status >= 200 && status < 300 && status !== 206) || statuses.has(status);
  if (!isKept) return 'status';
  // Core refuses what is not even a stream.
  const isAtHand = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  if (!isAtHand) return 'stream';
  if (response.isUnique) return 'unique';
  if (before.hasMore('set-cookie', response)) return 'set-cookie';
  if (request.hasReadCookies && !isPerUser) return 'cookies';
  if (directives === undefined) return 'cache-control';
  return ['private', 'no-store', 'no-cache'].find((name) => directives.has(name));
}

/** A copy: a handler may change its own bytes later, and a slice would keep all of the memory that it is a part of. */
function copyBody(body: string | Uint8Array | undefined): Uint8Array | undefined {
  if (body === undefined) return undefined;
  const bytes = typeof body === 'string' ? Buffer.from(body.toWellFormed()) : body;
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

/** Its own headers can only shorten the time of a reply (RFC 9111 §4.2.1, §4.2.4). */
function shorten(lifetime: Lifetime, directives: Directives, expires: string | undefined): Lifetime {
  const own =
    readSeconds(directives, 's-maxage') ?? readSeconds(directives, 'max-age') ?? readExpiry(expires);
  const ttl = own === undefined ? lifetime.ttl : Math.min(lifetime.ttl, own);
  const isStrict = ['must-revalidate', 'proxy-revalidate', 's-maxage'].some((name) => directives.has(name));
  return isStrict ? { ttl, staleWhileRevalidate: 0, staleIfError: 0 } : { ...lifetime, ttl };
}

function readExpiry(expires: string | undefined): number | undefined {
  if (expires === undefined) return undefined;
  const time = Date.parse(expires);
  return Number.isNaN(time) ? 0 : Math.max(0, Math.floor((time - Date.now()) / 1000));
}

/** The age that a reply of another server had when it came. If it is a list, its first member counts (RFC 9111 §5.1). */
function readAge(value = ''): number {
  return parseSeconds(value.split(',', 1)[0]!.trim()) ?? 0;
}
