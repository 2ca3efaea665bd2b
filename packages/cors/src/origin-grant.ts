import { HeaderLine, type ResponseHeaders } from '@sluice/core';

/** Sets the headers that let an origin read the response. */
export type OriginGrant = (headers: ResponseHeaders, origin: string) => void;

const CREDENTIALS_LINE = new HeaderLine('Access-Control-Allow-Credentials', 'true');

/** Compiles a grant. `exposeHeaders` is empty for preflights, where it has no meaning. */
export function compileGrant(allowCredentials: boolean, exposeHeaders: readonly string[]): OriginGrant {
  const exposed = exposeHeaders.join(', ');
  const exposeLine = exposed === '' ? undefined : new HeaderLine('Access-Control-Expose-Headers', exposed);
  // Most requests come from the same origin as the previous one, whose line is already checked.
  let latest: HeaderLine | undefined;
  return (headers, origin) => {
    if (latest?.value !== origin) latest = new HeaderLine('Access-Control-Allow-Origin', origin);
    headers.setLine(latest);
    if (allowCredentials) headers.setLine(CREDENTIALS_LINE);
    if (exposeLine !== undefined) headers.setLine(exposeLine);
  };
}
