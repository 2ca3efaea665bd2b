import { ReceivedHead } from './received-head';

/** A response whose body is read as it is made. */
export class InjectedStream extends ReceivedHead {
  constructor(
    status: number,
    lines: readonly (readonly [name: string, value: string])[],
    /** Its chunks, once. Leaving the loop early is the client going away, which also its signal can tell. */
    readonly body: AsyncIterableIterator<Uint8Array>,
  ) {
    super(status, lines);
  }
}
