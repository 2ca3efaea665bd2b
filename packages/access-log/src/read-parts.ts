import type { HttpRequest, HttpResponse } from '@sluice/core';
import { SECRET_KEYS, type AccessLogOptions } from './access-log-options';
import { isSecretHeader, REDACTED, redactQuery } from './redact';

/** The parts of a request that are logged. */
interface RequestParts {
  readonly method: string;
  readonly path: string | undefined;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** Makes the function that reads what the options name, without secrets. */
export function makeRequestReader(options: AccessLogOptions): (request: HttpRequest) => RequestParts {
  const { path = true, query = false, address = false, userAgent = false } = options;
  const keys = new Set([...SECRET_KEYS, ...(options.redactQuery ?? [])].map((key) => key.toLowerCase()));
  const readHeaders = makeHeaderReader(options.requestHeaders, options);

  function readTarget(request: HttpRequest): string {
    const { rawQuery } = request;
    return rawQuery === '' ? request.path : `${request.path}?${redactQuery(rawQuery, keys)}`;
  }

  return (request) => ({
    method: request.method,
    path: path ? (query ? readTarget(request) : request.path) : undefined,
    address: address ? request.address : undefined,
    userAgent: userAgent ? request.header('user-agent') : undefined,
    headers: readHeaders?.((name) => request.header(name)),
  });
}

/** The same for the headers of a response; undefined if none is logged. */
export function makeResponseReader(
  options: AccessLogOptions,
): ((response: HttpResponse) => Readonly<Record<string, string>>) | undefined {
  const readHeaders = makeHeaderReader(options.responseHeaders, options);
  return readHeaders && (({ headers }) => readHeaders((name) => headers.get(name)));
}

type HeaderReader = (read: (name: string) => string | undefined) => Readonly<Record<string, string>>;

function makeHeaderReader(
  names: readonly string[] = [],
  { redactHeaders = [] }: AccessLogOptions,
): HeaderReader | undefined {
  if (names.length === 0) return undefined;
  const secret = new Set(redactHeaders.map((name) => name.toLowerCase()));
  const logged = [...new Set(names.map((name) => name.toLowerCase()))].map((name) => ({
    name,
    isSecret: isSecretHeader(name, secret),
  }));
  return (read) => {
    const values: Record<string, string> = {};
    for (const { name, isSecret } of logged) {
      const value = read(name);
      if (value !== undefined) values[name] = isSecret ? REDACTED : value;
    }
    return values;
  };
}
