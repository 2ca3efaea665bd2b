import { HeaderLine, type ResponseHeaders } from '@sluice/core';

/** Sets the headers that let an origin read the response. */
export type OriginGrant = (headers: ResponseHeaders, origin: string) => void;

const CREDENTIALS_LINE = new HeaderLine('Access-Control-Allow-Credentials', 'true');

/** Compiles the grant; `exposeHeaders` is empty for preflights, where it means nothing. */
export function compileGrant(allowCredentials: boolean, exposeHeaders: readonly string[]): OriginGrant {
  const exposed = exposeHeaders.join(', ');
  const exposeLine = exposed === '' ? undefined : new HeaderLine('Access-Control-Expose-Headers', exposed);
  // Most requests come from the same origin as the one before: its line was checked then.
  let latest: HeaderLine | undefined;
  return (headers, origin) => {
    if (latest?.value !== origin) latest = new HeaderLine('Access-Control-Allow-Origin', origin);
    headers.setLine(latest);
    if (allowCredentials) headers.setLine(CREDENTIALS_LINE);
    if (exposeLine !== undefined) headers.setLine(exposeLine);
  };
}

/** Takes back what a `cors` further out granted: the innermost policy decides, also when it is the stricter one. */
export function revokeGrant(headers: ResponseHeaders): void {
  if (!headers.has('Access-Control-Allow-Origin')) return;
  headers.delete('Access-Control-Allow-Origin');
  headers.delete('Access-Control-Allow-Credentials');
  headers.delete('Access-Control-Expose-Headers');
}
