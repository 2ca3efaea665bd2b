import { hash } from 'node:crypto';
import { afterwards, preconditionFailed, type Context, type HttpError, type Middleware } from '@sluice/core';
import { checkOptions, checkPreconditions, isBooleanOption, isStreamSource } from '@sluice/core/kit';

/** Options of `etag`. */
export interface EtagOptions {
  /**
   * Whether the tags are weak: they say that two bodies mean the same, not that each byte is the same. Only strong tags
   * fit If-Match and If-Range. Default: true.
   */
  readonly weak?: boolean;
}

/** The headers that a 304 does not have, because it would describe a body that is not there (RFC 9110 §15.4.5). */
const DESCRIBING_BODY = [
  'Content-Type',
  'Content-Length',
  'Content-Encoding',
  'Content-Language',
  'Last-Modified',
];

const TAG_HEADER = { ETag: { description: 'The tag of this state.' } };

/**
 * Gives responses to GET and HEAD an ETag, and answers 304 where the client has the response already (RFC 9110 §13).
 * A response that has an ETag or a Last-Modified of its own is compared with that. Streams have none.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example etag()
 */
export function etag(options: EtagOptions = {}): Middleware {
  checkOptions('etag', options, { weak: isBooleanOption });
  const { weak = true } = options;
  const prefix = weak ? 'W/"' : '"';
  return {
    name: 'etag',
    layer: 'condition',
    options: Object.freeze({ weak }),
    describes: {
      statuses: {
        304: { description: 'The client has this state already.', headers: TAG_HEADER },
        412: { description: 'The state is not the one that the request expects.' },
      },
      headers: TAG_HEADER,
      requestHeaders: {
        'If-None-Match': { description: 'The tags of the states that the client has.' },
      },
    },
    prepare({ method }) {
      return method === 'GET' || method === 'HEAD' || method === 'ALL' ? this : null;
    },
    handle: (context, next) => afterwards(next(), () => compare(context, prefix)),
  };
}

function compare(context: Context, prefix: string): HttpError | undefined {
  const { request, response } = context;
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  // The conditions of a request count only if it succeeds without them (RFC 9110 §13.2.1). A 206 was compared before.
  if (response.status < 200 || response.status > 203) return undefined;
  const { headers } = response;
  const tag = headers.get('ETag') ?? addTag(context, prefix);
  const lastModified = headers.get('Last-Modified');
  const outcome = checkPreconditions(request, {
    etag: tag,
    lastModified: lastModified === undefined ? undefined : Date.parse(lastModified),
    isDateStrong: false,
  });
  if (outcome === 'pass') return undefined;
  if (outcome === 'failed') return preconditionFailed();
  response.status = 304;
  response.body = undefined;
  for (const name of DESCRIBING_BODY) headers.delete(name);
  return undefined;
}

/** Adds the tag of the body; undefined for a stream, and where nothing may keep the response. */
function addTag({ response }: Context, prefix: string): string | undefined {
  const { body, headers } = response;
  if (body === undefined || isStreamSource(body)) return undefined;
  if (headers.get('Cache-Control')?.toLowerCase().includes('no-store')) return undefined;
  const tag = `${prefix}${hash('sha1', body, 'base64url')}"`;
  headers.set('ETag', tag);
  return tag;
}
