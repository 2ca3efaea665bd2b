import { randomBytes } from 'node:crypto';
import { contextKey, type Context } from '@sluice/core';
import { insertNonce, type PolicyText } from './format-policy';

/** 144 bits: above the 128 that CSP3 §7.1 asks for, and without padding in base64. */
const NONCE_BYTES = 18;

/** A header whose policy has a nonce. */
export interface NonceHeader {
  readonly name: string;
  readonly text: PolicyText;
}

/** The nonce of one request, made when it is first read. Then the policies name it. */
export class RequestNonce {
  private nonce: string | undefined;
  private isOver = false;

  constructor(
    private readonly context: Context,
    private readonly headers: readonly NonceHeader[],
  ) {}

  /** @throws Error when it is first read after the handler and its middleware have returned */
  read(): string {
    return (this.nonce ??= this.make());
  }

  /** The head may be sent from now on. */
  close(): void {
    this.isOver = true;
  }

  private make(): string {
    if (this.isOver) throw new Error(explainLate(this.context));
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const { response } = this.context;
    const { headers } = response;
    // A nonce that is used twice protects nothing.
    response.isUnique = true;
    for (const { name, text } of this.headers) {
      // A policy that the route has set itself is another text, and stays.
      if (headers.get(name) === text.plain) headers.set(name, insertNonce(text.parts!, nonce));
    }
    return nonce;
  }
}

/** The nonce of the request, if its route has a policy with one. */
export const REQUEST_NONCE = contextKey<RequestNonce>('cspNonce');

/**
 * The nonce of this request, for `<script nonce="…">` and `<style nonce="…">`: the same at every call and in the header.
 * It is made by the first call.
 *
 * @throws Error when no directive on the route has NONCE, or when the head has been sent
 * @example html(`<script nonce="${cspNonce(context)}">start()</script>`)
 */
export function cspNonce(context: Context): string {
  const nonce = context.get(REQUEST_NONCE);
  if (nonce === undefined) throw new Error(explainMissing(context));
  return nonce.read();
}

function explainMissing({ route }: Context): string {
  return (
    `${route.name} reads the nonce of the Content-Security-Policy, but no directive there has one. ` +
    "Write securityHeaders({ contentSecurityPolicy: { scriptSrc: [\"'self'\", NONCE] } }), or the preset 'strict'."
  );
}

function explainLate({ route }: Context): string {
  return (
    `${route.name} reads the nonce of the Content-Security-Policy after it has returned, when the headers are sent. ` +
    'Read it before the handler returns, and in a stream before the first chunk.'
  );
}
