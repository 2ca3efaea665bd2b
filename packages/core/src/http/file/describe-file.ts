import type { Validators } from './preconditions';

/** How a file is sent. */
export interface FileOptions {
  /** A folder that the file must lie in: the path is relative to it, and may come from a client. */
  readonly root?: string;
  /** The name under which a browser saves it: makes it a download (RFC 6266). */
  readonly filename?: string;
  /** False: a download, under the file's own name if none is given. True: shown, whatever its `filename`. */
  readonly inline?: boolean;
  /** Default: by the extension of `filename`, else of the path; `application/octet-stream` where that says nothing. */
  readonly contentType?: string;
  /** An entity tag of your own, or false for none. Default: of size and time, of bytes their SHA-256. */
  readonly etag?: string | false;
  /** Default: the file's own; false for none. Bytes have none unless it is given. */
  readonly lastModified?: Date | false;
  /** The whole header; default none. */
  readonly cacheControl?: string;
  /** Seconds for `Cache-Control: max-age`, where `cacheControl` is not given. */
  readonly maxAge?: number;
}

/** What is known of the content itself. */
export interface FileFacts {
  /** Of the path; empty for bytes. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: () => string;
  /** Milliseconds, whole seconds. */
  readonly lastModified: number | undefined;
  readonly isDateStrong: boolean;
}

/** A file as its headers tell of it. */
export interface FileHead {
  readonly size: number;
  readonly contentType: string;
  readonly validators: Validators;
  /** What a 304 repeats (RFC 9110 §15.4.5). */
  readonly cacheHeaders: Readonly<Record<string, string>>;
  readonly disposition: string | undefined;
}

const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/** What is wrong with the options of a file; undefined where all is well. */
export function findFileFault({ etag, maxAge }: FileOptions): string | undefined {
  if (typeof etag === 'string' && !ENTITY_TAG.test(etag))
    return 'etag must be an entity tag, quotes included: \'"v1"\' (RFC 9110 §8.8.3).';
  const isAge = maxAge === undefined || (Number.isSafeInteger(maxAge) && maxAge >= 0);
  return isAge ? undefined : 'maxAge must be a whole number of seconds.';
}

/** Makes the head of a file, the options before what the content says. */
export function describeFile(content: FileFacts, options: FileOptions): FileHead {
  const { name, size } = content;
  const etag = options.etag === false ? undefined : (options.etag ?? content.etag());
  const given = options.lastModified;
  const lastModified =
    given === false ? undefined : given === undefined ? content.lastModified : floorToSecond(given.getTime());
  const cacheControl =
    options.cacheControl ?? (options.maxAge === undefined ? undefined : `max-age=${options.maxAge}`);
  return {
    size,
    contentType: options.contentType ?? guessType(options.filename ?? name),
    validators: { etag, lastModified, isDateStrong: content.isDateStrong },
    cacheHeaders: {
      ...(etag !== undefined && { ETag: etag }),
      ...(lastModified !== undefined && { 'Last-Modified': new Date(lastModified).toUTCString() }),
      ...(cacheControl !== undefined && { 'Cache-Control': cacheControl }),
    },
    disposition: formatDisposition(options, name),
  };
}

/** HTTP dates have no smaller unit. */
export function floorToSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

function guessType(name: string): string {
  const { contentType, lookup } = require('mime-types') as typeof import('mime-types');
  const type = lookup(name);
  return (type !== false && contentType(type)) || 'application/octet-stream';
}

function formatDisposition({ filename, inline }: FileOptions, ownName: string): string | undefined {
  if (filename === undefined && inline !== false) return undefined;
  const contentDisposition = require('content-disposition') as typeof import('content-disposition');
  const name = (filename ?? ownName).toWellFormed();
  const type = inline === true ? 'inline' : 'attachment';
  // The fallback of the library may hold latin1, which no header here can carry.
  return contentDisposition(name || undefined, { type, fallback: name.replace(/[^\x20-\x7e]/g, '?') });
}
