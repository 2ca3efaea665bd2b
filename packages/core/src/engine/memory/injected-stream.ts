import { ReceivedHead } from './received-head';

/** A response whose body is read while it is made. */
export class InjectedStream extends ReceivedHead {
  constructor(
    status: number,
    lines: readonly (readonly [name: string, value: string])[],
    /** The chunks, to be read once. Leaving the loop early counts as the client going away, and so does aborting its signal. */
    readonly body: AsyncIterableIterator<Uint8Array>,
  ) {
    super(status, lines);
  }
}
