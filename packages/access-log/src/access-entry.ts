/** The log entry of one request. A property without a value is left out or `undefined`. */
export interface AccessEntry {
  readonly method: string;
  /** The pattern of the route, `/notes/:id`, which groups requests; undefined where no route matched. */
  readonly route: string | undefined;
  /** The path as sent, and the query with `query: true`. */
  readonly path?: string | undefined;
  readonly status: number;
  /** The length of the body where it is known before it is sent. */
  readonly bytes: number | undefined;
  /** Milliseconds from the first step to the end of the response. */
  readonly durationMs: number;
  /** The client left before it had the whole response. */
  readonly aborted?: true | undefined;
  /** The response broke off by an error, which the log of core has. */
  readonly broken?: true | undefined;
  /** The X-Request-Id of the response; for a 5xx else the id by which the log of core names the request. */
  readonly requestId: string | undefined;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly requestHeaders?: Readonly<Record<string, string>> | undefined;
  readonly responseHeaders?: Readonly<Record<string, string>> | undefined;
}
