import type { Validators } from './preconditions';

/** Options of `file`. */
export interface FileOptions {
  /** The folder of the file. The path is then relative to it, cannot leave it, and may come from a client. */
  readonly root?: string;
  /** The name under which a browser saves the file. It makes the response a download (RFC 6266). */
  readonly filename?: string;
  /** False makes the response a download, under the file's own name if none is given. True shows it in any case. */
  readonly inline?: boolean;
  /** Default: by the extension of `filename`, else of the path; `application/octet-stream` for an unknown one. */
  readonly contentType?: string;
  /** The entity tag, or false for none. Default: from the size and the time of a file, the SHA-256 of bytes. */
  readonly etag?: string | false;
  /** The date of Last-Modified, or false for none. Default: that of the file; bytes have none. */
  readonly lastModified?: Date | false;
  /** The whole Cache-Control header; default none. */
  readonly cacheControl?: string;
  /** Seconds for `Cache-Control: max-age`, when `cacheControl` is not given. */
  readonly maxAge?: number;
}

/** The facts about a file or bytes, before any options. */
export interface FileFacts {
  /** The last part of the path; empty for bytes. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: () => string;
  /** Milliseconds, rounded down to whole seconds. */
  readonly lastModified: number | undefined;
  readonly isDateStrong: boolean;
}

/** The headers of a file, and the facts behind them. */
export interface FileHead {
  readonly size: number;
  readonly contentType: string;
  readonly validators: Validators;
  /** The headers that a 304 repeats (RFC 9110 §15.4.5). */
  readonly cacheHeaders: Readonly<Record<string, string>>;
  /** Headers of the file itself, which a 304 and an error do not have. */
  readonly contentHeaders: Readonly<Record<string, string>>;
}

const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/** Finds the fault in the options of a file; undefined when there is none. */
export function findFileFault({ etag, maxAge }: FileOptions): string | undefined {
  if (typeof etag === 'string' && !ENTITY_TAG.test(etag))
    return 'etag must be an entity tag with its quotes: \'"v1"\' (RFC 9110 §8.8.3).';
  const isAge = maxAge === undefined || (Number.isSafeInteger(maxAge) && maxAge >= 0);
  return isAge ? undefined : 'maxAge must be a whole number of seconds, 0 or more.';
}

/** Makes the head of a file. The options take precedence over the facts. */
export function describeFile(content: FileFacts, options: FileOptions): FileHead {
  const { name, size } = content;
  const etag = options.etag === false ? undefined : (options.etag ?? content.etag());
  const given = options.lastModified;
  const lastModified =
    given === false ? undefined : given === undefined ? content.lastModified : floorToSecond(given.getTime());
  const cacheControl =
    options.cacheControl ?? (options.maxAge === undefined ? undefined : `max-age=${options.maxAge}`);
  const disposition = formatDisposition(options, name);
  return {
    size,
    contentType: options.contentType ?? guessType(options.filename ?? name),
    validators: { etag, lastModified, isDateStrong: content.isDateStrong },
    cacheHeaders: {
      ...(etag !== undefined && { ETag: etag }),
      ...(lastModified !== undefined && { 'Last-Modified': new Date(lastModified).toUTCString() }),
      ...(cacheControl !== undefined && { 'Cache-Control': cacheControl }),
    },
    contentHeaders: disposition === undefined ? {} : { 'Content-Disposition': disposition },
  };
}

/** Rounds down to whole seconds, the unit of HTTP dates. */
export function floorToSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

function guessType(name: string): string {
  const { contentType, lookup } = require('mime-types') as typeof import('mime-types');
  // A name without a dot would be looked up as an extension: a file `html` is not a page.
  const type = name.includes('.') && lookup(name);
  return (type !== false && contentType(type)) || 'application/octet-stream';
}

function formatDisposition({ filename, inline }: FileOptions, ownName: string): string | undefined {
  if (filename === undefined && inline !== false) return undefined;
  const contentDisposition = require('content-disposition') as typeof import('content-disposition');
  const name = (filename ?? ownName).toWellFormed();
  const type = inline === true ? 'inline' : 'attachment';
  // The default fallback of the library may contain latin1, which headers here refuse.
  return contentDisposition(name || undefined, { type, fallback: name.replace(/[^\x20-\x7e]/g, '?') });
}
