import type { App } from '../../src';

/** A request as the contract suite sends it: to a socket or into memory. */
export interface ContractRequest {
  readonly method?: string;
  /** Path and query with a character for each byte, sent unchanged. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** When it aborts, the client goes away. */
  readonly signal?: AbortSignal;
}

/** A response as a client sees it. */
export interface ContractResponse {
  readonly status: number;
  /** Header lines in order, without those that only sockets have (Date, the engine's mark, Connection, Transfer-Encoding). */
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** An engine under the contract suite. */
export interface Harness {
  /** It answers a target with bytes that are not ASCII with 400. */
  readonly refusesRawTargets: boolean;
  /** Lets an application answer until `close`. */
  open(app: App): Promise<{
    /** Rejects if the response breaks off. */
    send(request: ContractRequest): Promise<ContractResponse>;
    close(): Promise<void>;
  }>;
}
