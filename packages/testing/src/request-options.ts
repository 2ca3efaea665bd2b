/** Header values by name; `undefined` removes a header that the client would send. */
export type HeaderValues = Readonly<Record<string, string | number | readonly string[] | undefined>>;

type QueryValue = string | number | bigint | boolean | null | undefined;

/** The fields of a query or form. A list repeats its name; `null` and `undefined` are omitted. */
export type QueryInput = URLSearchParams | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** The parts of a request, with at most one of `json`, `form`, `multipart` and `body`. */
export interface RequestOptions {
  /** Replace the client's headers of the same name. */
  readonly headers?: HeaderValues;
  /** Added to the query of the URL. */
  readonly query?: QueryInput;
  /** Sent as application/json. */
  readonly json?: unknown;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: QueryInput;
  /** Sent as multipart/form-data. */
  readonly multipart?: FormData;
  /** Text or bytes, sent as they are and without a Content-Type. */
  readonly body?: string | Uint8Array;
  /** Follows redirects within the origin: at most 20 for true, or at most the number. Default: the client's. */
  readonly followRedirects?: boolean | number;
  /** Disconnects the client when it aborts. */
  readonly signal?: AbortSignal;
}

/** The names and values of a query or form. */
export function listPairs(input: QueryInput): URLSearchParams {
  if (input instanceof URLSearchParams) return input;
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    for (const one of Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue])
      if (one !== undefined && one !== null) pairs.append(name, String(one));
  }
  return pairs;
}
