import type { ResponseHeaders } from '@sluice/core';

/** Sets the headers that let an origin read the response. */
export type OriginGrant = (headers: ResponseHeaders, origin: string) => void;

/** Compiles the grant; `exposeHeaders` is empty for preflights, where it means nothing. */
export function compileGrant(allowCredentials: boolean, exposeHeaders: readonly string[]): OriginGrant {
  const exposed = exposeHeaders.join(', ');
  return (headers, origin) => {
    headers.set('Access-Control-Allow-Origin', origin);
    if (allowCredentials) headers.set('Access-Control-Allow-Credentials', 'true');
    if (exposed !== '') headers.set('Access-Control-Expose-Headers', exposed);
  };
}

/** Takes back what a `cors` further out granted: the innermost policy decides, also when it is the stricter one. */
export function revokeGrant(headers: ResponseHeaders): void {
  if (!headers.has('Access-Control-Allow-Origin')) return;
  headers.delete('Access-Control-Allow-Origin');
  headers.delete('Access-Control-Allow-Credentials');
  headers.delete('Access-Control-Expose-Headers');
}
