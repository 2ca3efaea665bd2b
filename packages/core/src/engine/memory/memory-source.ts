import { refuseGone, refuseLargeBody } from '../../http/body/body-refusals';
import { isSingletonHeader, joinHeader } from '../../http/headers/join-header';
import type { RequestSource } from '../../http/request-source';

/** A body arrives in chunks of this many bytes, as it may on a socket. */
const CHUNK_BYTES = 65_536;

/** A request in memory. */
export interface MemoryRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The names are in lower case. */
  readonly headers: readonly (readonly [lowerName: string, value: string])[];
  readonly body: Uint8Array;
  readonly address: string;
  readonly isSecure: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Reads a request in memory. */
export class MemorySource implements RequestSource {
  constructor(
    private readonly request: MemoryRequest,
    private readonly parameters: readonly string[],
  ) {}

  readMethod(): string {
    return this.request.method;
  }

  readPath(): string {
    return this.request.path;
  }

  readQuery(): string {
    return this.request.query;
  }

  readHeader(lowerName: string): string | undefined {
    const lines = this.request.headers.filter(([name]) => name === lowerName).map(([, value]) => value);
    // An empty first line counts as none, because the engine on sockets cannot distinguish the two.
    if (lines[0] === '' || isSingletonHeader(lowerName)) return lines[0] || undefined;
    return lines.reduce<string | undefined>((joined, line) => joinHeader(lowerName, joined, line), undefined);
  }

  readFirstLine(lowerName: string): string | undefined {
    return this.request.headers.find(([name]) => name === lowerName)?.[1] || undefined;
  }

  readHeaders(visit: (lowerName: string, value: string) => void): void {
    for (const [name, value] of this.request.headers) visit(name, value);
  }

  readParameter(index: number): string | undefined {
    return this.parameters[index];
  }

  get hasLeft(): boolean {
    return this.request.signal?.aborted === true;
  }

  get isSecure(): boolean {
    return this.request.isSecure;
  }

  readAddress(): string {
    return this.request.address;
  }

  readBody(limit: number): Uint8Array {
    this.checkLimit(limit);
    return Uint8Array.from(this.request.body);
  }

  async *streamBody(limit: number): AsyncGenerator<Uint8Array, undefined> {
    this.checkLimit(limit);
    const { body, signal } = this.request;
    for (let start = 0; start < body.byteLength; start += CHUNK_BYTES) {
      if (signal?.aborted) throw refuseGone();
      yield Uint8Array.from(body.subarray(start, start + CHUNK_BYTES));
    }
    return undefined;
  }

  /** Bodies in memory are never lent: they belong to the test. */
  lendBody(): undefined {
    return undefined;
  }

  onAbort(listener: () => void): void {
    const { signal } = this.request;
    if (signal?.aborted) listener();
    else signal?.addEventListener('abort', listener, { once: true });
  }

  private checkLimit(limit: number): void {
    if (this.request.body.byteLength > limit) throw refuseLargeBody(limit);
  }
}
