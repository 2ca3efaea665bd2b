import { badRequest, type HttpError } from '../../http/status/http-error';

/** A request target (RFC 9112 §3.2). */
export interface RequestTarget {
  /** Still percent-encoded; `*` for the server as a whole. */
  readonly path: string;
  /** Without the `?`; empty if there is none. */
  readonly query: string;
  /** The authority of an absolute target, which replaces the Host header (RFC 9112 §3.2.2). */
  readonly authority: string | undefined;
}

const ABSOLUTE = /^https?:\/\/([^/?#@]+)([/?#].*)?$/is;

/**
 * Parses the target of a request line, which Node has checked to be ASCII. Undefined if no server that is not a proxy can
 * serve it.
 */
export function parseTarget(method: string, target: string): RequestTarget | undefined {
  if (target.startsWith('/') || (target === '*' && method === 'OPTIONS')) return split(target, undefined);
  const [, authority, rest = ''] = ABSOLUTE.exec(target) ?? [];
  if (authority === undefined) return undefined;
  return split(rest.startsWith('/') ? rest : `/${rest}`, authority);
}

/** RFC 9112 §3.2: only a proxy serves other forms. */
export function refuseTarget(): HttpError {
  const detail = 'The target of the request is neither a path nor an http URL.';
  return badRequest({ code: 'target_invalid', detail, headers: { Connection: 'close' } });
}

function split(text: string, authority: string | undefined): RequestTarget {
  const mark = text.indexOf('?');
  return mark === -1
    ? { path: text, query: '', authority }
    : { path: text.slice(0, mark), query: text.slice(mark + 1), authority };
}
