import {
  badRequest,
  redirect,
  type HttpError,
  type HttpRequest,
  type Middleware,
  type Reply,
} from '@sluice/core';
import {
  checkOptions,
  invalidHost,
  isBooleanOption,
  parseHost,
  type Host,
  type OptionRule,
} from '@sluice/core/kit';
import { findEntryFault, HostList, parseEntry } from './host-list';

/** Options of `trustedHost`. */
export interface TrustedHostOptions {
  /**
   * The hosts that are served: `app.example` at any port, `app.example:8000` at that port, `*.app.example` for every
   * subdomain, IPv6 addresses with or without brackets, `*` for every valid host. Default: `['*']`.
   */
  readonly allowedHosts?: readonly string[];
  /** Whether `app.example` is redirected to `www.app.example` if only the latter is listed. Default: true. */
  readonly wwwRedirect?: boolean;
}

/** Spellings of allowed hosts that are remembered. The limit keeps a client that invents spellings from filling the memory. */
const MOST_KNOWN_SPELLINGS = 256;

/**
 * Refuses requests whose host is malformed or not on the list (RFC 9110 §7.2): the host that a trusted proxy reports, as
 * `request.host` has it, else the Host header.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example trustedHost({ allowedHosts: ['app.example', '*.app.example', '127.0.0.1:8000'] })
 */
export function trustedHost(options: TrustedHostOptions = {}): Middleware {
  checkOptions('trustedHost', options, { allowedHosts: checkHosts, wwwRedirect: isBooleanOption });
  const { allowedHosts = ['*'], wwwRedirect = true } = options;
  const list = allowedHosts.includes('*')
    ? undefined
    : new HostList(allowedHosts.map((text) => parseEntry(text)!));
  const knownSpellings = new Set<string>();
  // Compared first: a Set has to hash the string, and a string just read has no hash yet.
  let latestSpelling: string | undefined;

  function isAllowed(spelling: string): boolean {
    if (spelling === latestSpelling) return true;
    if (!knownSpellings.has(spelling)) {
      const host = parseHost(spelling);
      if (host === undefined || list?.has(host) === false) return false;
      if (knownSpellings.size < MOST_KNOWN_SPELLINGS) knownSpellings.add(spelling);
    }
    latestSpelling = spelling;
    return true;
  }

  return {
    name: 'trustedHost',
    layer: 'admit',
    options: Object.freeze({ allowedHosts: Object.freeze([...allowedHosts]), wwwRedirect }),
    describes: { statuses: { ...REFUSED, ...(wwwRedirect && list?.hasOnlyWww() && REDIRECTED) } },
    handle({ request }, next) {
      // Nothing depends on which of the allowed hosts it is, so Vary need not name it.
      const spelling = request.peekHost();
      if (spelling !== undefined && isAllowed(spelling)) return next();
      const host = parseHost(request.host ?? '');
      if (host === undefined) return invalidHost();
      return (wwwRedirect && list && makeRedirect(request, list, host)) || makeNotAllowed();
    },
  };
}

const REFUSED = { 400: { description: 'The host is malformed, or the server does not serve it.' } };
const REDIRECTED = {
  308: {
    description: 'Only the www host is served.',
    headers: { Location: { description: 'The same address at the www host.' } },
  },
};

const checkHosts: OptionRule = (value) => {
  if (!Array.isArray(value) || value.length === 0) return "must be a list of hosts; ['*'] allows every host";
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'string') return 'must be a list of strings';
    const fault = entry === '*' ? undefined : findEntryFault(entry);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/**
 * Redirects to the listed www host, with the port, path and query of the request. The location has no scheme, so the
 * client keeps its own (RFC 9110 §10.2.2): behind a proxy that terminates TLS, `http` would lead the client out of it.
 */
function makeRedirect(request: HttpRequest, list: HostList, { name, port }: Host): Reply | undefined {
  const target = { name: `www.${name}`, port };
  if (!list.hasName(target)) return undefined;
  // A target like `@evil.example/` would make our host the userinfo of another one.
  const path = request.target;
  if (!path.startsWith('/')) return undefined;
  const authority = port === undefined ? target.name : `${target.name}:${port}`;
  return redirect(`//${authority}${path}`, { status: 308 });
}

function makeNotAllowed(): HttpError {
  return badRequest({ code: 'host_not_allowed', detail: 'This server does not serve the requested host.' });
}
