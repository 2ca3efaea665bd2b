/** A complete request, without the headers that only a socket needs. */
export interface WireRequest {
  readonly method: string;
  /** The scheme of the origin. On sockets the connection decides: nothing is encrypted. */
  readonly protocol: 'http' | 'https';
  /** Path and query as they are sent. */
  readonly target: string;
  /** Names in lower case; `host` is always there. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array | undefined;
  /** Disconnects the client when it aborts. */
  readonly signal: AbortSignal;
}

/** A response as it arrives. */
export interface WireResponse {
  readonly status: number;
  /** Header lines in order. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** Can be read once. To leave the loop early disconnects the client. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends requests to an application. There is one for each engine. */
export interface Transport {
  /** The URL on which the application listens; undefined in memory. */
  readonly url: string | undefined;
  /** Resolves when the head of the response has arrived; rejects with the signal's reason if that aborts first. */
  send(request: WireRequest): Promise<WireResponse>;
  close(): void;
}
