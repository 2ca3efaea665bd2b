import { randomUUID } from 'node:crypto';
import { contextKey, type Context, type Middleware } from '@sluice/core';
import { checkOptions, describeFunction, isFunctionOption, isToken, type OptionRule } from '@sluice/core/kit';

/** Options of `requestId`. */
export interface RequestIdOptions {
  /** The header of the response, and of the request if that is trusted. Default: `X-Request-Id`. */
  readonly headerName?: string;
  /**
   * Whether the id that a request brings is kept: never, always (only if your proxy sets the header itself), or if a
   * function says so. An id that is not made of 1 to 128 letters, digits, `_` and `-` is never kept. Default: false.
   */
  readonly trustIncoming?: boolean | ((context: Context) => boolean);
  /** Makes an id of 1 to 128 letters, digits, `_` and `-`. Default: a random UUID (RFC 9562 §5.4). */
  readonly generate?: () => string;
}

/** The id of the request: `context.get(REQUEST_ID)`. */
export const REQUEST_ID = contextKey<string>('requestId');

const ID_HEADER = { description: 'The id of the request.' };
/** Nothing that a log, a header or a file name could misread (CWE-117). */
const SAFE_ID = /^[\w-]{1,128}$/;

/**
 * Gives every request an id. The response has it in a header, also when the request fails; handlers have it in
 * `@RequestId()`, other middleware in `context.get(REQUEST_ID)`, and the log of core names it with every 5xx.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example requestId({ trustIncoming: true })
 */
export function requestId(options: RequestIdOptions = {}): Middleware {
  checkOptions('requestId', options, {
    headerName: findNameFault,
    trustIncoming: (value) => (typeof value === 'boolean' ? undefined : isFunctionOption(value)),
    generate: isFunctionOption,
  });
  const { headerName = 'X-Request-Id', trustIncoming = false, generate } = options;
  const makeId = generate === undefined ? randomUUID : () => checkMade(generate());
  const isTrusted = typeof trustIncoming === 'boolean' ? () => trustIncoming : trustIncoming;

  function readIncoming(context: Context): string | undefined {
    // Several lines are joined with a comma, which no id has.
    const incoming = isTrusted(context) ? context.request.header(headerName) : undefined;
    return incoming !== undefined && SAFE_ID.test(incoming) ? incoming : undefined;
  }

  return {
    name: 'requestId',
    layer: 'identify',
    options: Object.freeze({
      headerName,
      trustIncoming: typeof trustIncoming === 'boolean' ? trustIncoming : describeFunction(trustIncoming),
      generate: generate && describeFunction(generate),
    }),
    describes: {
      headers: { [headerName]: ID_HEADER },
      ...(trustIncoming !== false && { requestHeaders: { [headerName]: ID_HEADER } }),
    },
    handle(context, next) {
      const id = (trustIncoming === false ? undefined : readIncoming(context)) ?? makeId();
      context.set(REQUEST_ID, id);
      context.response.headers.set(headerName, id);
      return next();
    },
  };
}

const findNameFault: OptionRule = (value) =>
  typeof value === 'string' && isToken(value) ? undefined : 'must be the name of a header';

function checkMade(id: unknown): string {
  if (typeof id === 'string' && SAFE_ID.test(id)) return id;
  throw new TypeError('generate of requestId must return 1 to 128 letters, digits, "_" and "-".');
}
