import { ReceivedHead } from './received-head';

/** A response as a client would see it. */
export class InjectedResponse extends ReceivedHead {
  constructor(
    status: number,
    lines: readonly (readonly [name: string, value: string])[],
    readonly body: Buffer,
  ) {
    super(status, lines);
  }

  /** The body as UTF-8. */
  text(): string {
    return this.body.toString('utf8');
  }

  /** The body parsed as JSON. Throws SyntaxError if it is not JSON. */
  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T;
  }
}
