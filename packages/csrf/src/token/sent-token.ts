import { isPromise, type HttpRequest, type MaybePromise } from '@sluice/core';
import type { ResolvedTokenOptions } from '../csrf-options';

const FORM = /^application\/x-www-form-urlencoded *(?:;|$)/i;

/** Finds the token that a request brings, in the header or else in a field of a URL-encoded form. */
export function findSentToken(
  request: HttpRequest,
  { headerName, fieldName }: ResolvedTokenOptions,
): MaybePromise<string | undefined> {
  const inHeader = request.header(headerName);
  if (inHeader !== undefined) return inHeader;
  if (!FORM.test(request.header('content-type') ?? '')) return undefined;
  const bytes = request.readBytes();
  return isPromise(bytes) ? bytes.then((read) => findField(read, fieldName)) : findField(bytes, fieldName);
}

/** A field that comes twice has no value. */
function findField(bytes: Uint8Array, fieldName: string): string | undefined {
  const values = new URLSearchParams(Buffer.from(bytes).toString('latin1')).getAll(fieldName);
  return values.length === 1 ? values[0] : undefined;
}
