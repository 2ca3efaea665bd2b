/** Header values by name; `undefined` takes away what the client would send. */
export type HeaderValues = Readonly<Record<string, string | number | readonly string[] | undefined>>;

type QueryValue = string | number | bigint | boolean | null | undefined;

/** A query or form: a list repeats its name; `null` and `undefined` are left out. */
export type QueryInput = URLSearchParams | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** What a request is made of. One of `json`, `form`, `multipart` and `body` at most. */
export interface RequestOptions {
  /** Over the client's own. */
  readonly headers?: HeaderValues;
  /** Added to the query of the URL. */
  readonly query?: QueryInput;
  /** Sent as application/json. */
  readonly json?: unknown;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: QueryInput;
  /** Sent as multipart/form-data. */
  readonly multipart?: FormData;
  /** Text or bytes as they are; the Content-Type is yours to say. */
  readonly body?: string | Uint8Array;
  /** Redirects within the origin are followed: true for at most 20, a number for that many. Default: the client's. */
  readonly followRedirects?: boolean | number;
  /** Aborting it is the client going away. */
  readonly signal?: AbortSignal;
}

/** Names and values as a form has them. */
export function listPairs(input: QueryInput): URLSearchParams {
  if (input instanceof URLSearchParams) return input;
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    for (const one of Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue])
      if (one !== undefined && one !== null) pairs.append(name, String(one));
  }
  return pairs;
}
