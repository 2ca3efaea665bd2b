/** A request, complete but for what only a wire needs. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as they are sent. */
  readonly target: string;
  /** Names in lower case; `host` is always there. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array | undefined;
  /** Aborting it is the client going away. */
  readonly signal: AbortSignal;
}

/** A response as it comes in. */
export interface WireResponse {
  readonly status: number;
  /** Header lines in order. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** Once. Leaving the loop early is the client going away. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Brings requests to an application: one way for each engine. */
export interface Transport {
  /** Where the application listens; undefined where it does not. */
  readonly url: string | undefined;
  /** Resolves with the head of the response; rejects with the signal's reason when that aborts before. */
  send(request: WireRequest): Promise<WireResponse>;
  close(): void;
}
