import type { HttpResponse } from '../http/response';

/**
 * The Content-Length a response has, in bytes: counted where the body is known; as the program set it for streams
 * and where there is no body to count (a HEAD handler); undefined where nobody knows.
 */
export function findBodyLength({ body, headers }: HttpResponse): number | undefined {
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (body instanceof Uint8Array) return body.byteLength;
  const declared = headers.get('Content-Length');
  return declared !== undefined && /^\d{1,15}$/.test(declared) ? Number(declared) : undefined;
}
