import { ConfigurationError, HttpError, type Middleware } from '@sluice/core';
import {
  checkOptions,
  compileTrust,
  findTrustFault,
  isOneOfOption,
  type IsTrustedProxy,
  type OptionRule,
} from '@sluice/core/kit';

/** Options of `ipFilter`. At least one of the lists is required. */
export interface IpFilterOptions {
  /**
   * The clients that may pass: addresses, ranges (`10.0.0.0/8`, `2001:db8::/32`), `loopback`, `private`, `unix` for a
   * Unix socket, which has no address, or `all`. Default: all.
   */
  readonly allow?: readonly string[];
  /** The clients that are refused, also where `allow` has them. Default: none. */
  readonly deny?: readonly string[];
  /** The status of a refusal. 404 says less about the route than 403. Default: 403. */
  readonly status?: 403 | 404;
}

/**
 * Refuses requests by the address of their client, which is `context.request.address`: behind a proxy, `trustProxy` of
 * the application decides which one that is.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or both lists are missing
 * @example ipFilter({ allow: ['private', '203.0.113.0/24'], deny: ['10.9.0.0/16'] })
 */
export function ipFilter(options: IpFilterOptions): Middleware {
  checkOptions('ipFilter', options, {
    allow: findListFault,
    deny: findListFault,
    status: isOneOfOption(403, 404),
  });
  const { allow, deny, status = 403 } = options;
  if (allow === undefined && deny === undefined) throw new ConfigurationError([MISSING_LISTS]);
  const isAllowed = compileList(allow);
  const isDenied = compileList(deny);
  return {
    name: 'ipFilter',
    layer: 'admit',
    options: Object.freeze({ allow, deny, status }),
    describes: { statuses: { [status]: { description: 'The address of the client is not allowed.' } } },
    handle(context, next) {
      const { address } = context.request;
      // That of a client which has left may not be known any more, and must not count as that of a Unix socket.
      if (address === '' && context.signal.aborted) return refuse(status);
      if (isDenied?.(address, 0) === true || isAllowed?.(address, 0) === false) return refuse(status);
      return next();
    },
  };
}

const MISSING_LISTS = {
  code: 'OPTION_MISSING',
  place: 'ipFilter()',
  fault: 'allow or deny is required.',
  cure: 'Add one of them to the options, or leave ipFilter out.',
} as const;

/** An empty list is a mistake: as `allow` it would refuse every client, as `deny` none. */
const findListFault: OptionRule = (value) =>
  Array.isArray(value) && value.length > 0
    ? findTrustFault(value)
    : 'must be a list of at least one address, range or name';

function compileList(list: readonly string[] | undefined): IsTrustedProxy | undefined {
  return list && compileTrust(list);
}

/** A shared cache must not give it to clients that may pass. The text of 404 is that of a path without a route. */
function refuse(status: 403 | 404): HttpError {
  const headers = { 'Cache-Control': 'no-store' };
  return new HttpError(
    status,
    status === 404
      ? { detail: 'No route matches this path.', headers }
      : { code: 'address_refused', detail: 'The address of the client is not allowed.', headers },
  );
}
