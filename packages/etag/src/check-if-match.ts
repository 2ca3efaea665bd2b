import { HttpError, preconditionFailed, type Context } from '@sluice/core';
import { isTagListed } from '@sluice/core/kit';

/** Options of `checkIfMatch`. */
export interface IfMatchOptions {
  /** Whether a request without If-Match and If-None-Match is refused with 428 (RFC 6585 §3). Default: false. */
  readonly required?: boolean;
}

/** The characters of a tag between its quotes (RFC 9110 §8.8.3), but without those from 0x80 on. */
const TAG_CHARACTERS = /^[\x21\x23-\x7e]*$/;

/**
 * Writes a strong entity tag: `"7"`.
 *
 * @param version identifies one state of the resource: a counter, a hash, a time
 * @throws TypeError for quotes, spaces, and characters outside of ASCII
 */
export function entityTag(version: string | number): string {
  const text = String(version);
  if (TAG_CHARACTERS.test(text)) return `"${text}"`;
  throw new TypeError('A version in an ETag must be printable ASCII without quotes and spaces.');
}

/**
 * Checks the conditions of a request that is going to change a resource, so that a client does not overwrite a change that
 * it has not seen (RFC 9110 §13.1.1). Call it before the change, with what the store has now, and make the change depend
 * on the same version: between the two calls another one may come.
 *
 * @param tag the strong tag of the resource as it is now; undefined if it does not exist
 * @throws HttpError 412 if the client has another state in mind, 428 if it must name one and does not
 * @example checkIfMatch(context, entityTag(note.version), { required: true })
 */
export function checkIfMatch(
  { request }: Context,
  tag: string | undefined,
  { required = false }: IfMatchOptions = {},
): void {
  const ifMatch = request.header('if-match');
  const ifNoneMatch = request.header('if-none-match');
  if (ifMatch === undefined && ifNoneMatch === undefined && required) throw new HttpError(428, REQUIRED);
  const exists = tag !== undefined;
  if (ifMatch !== undefined && !(exists && isTagListed(ifMatch, tag, 'strong')))
    throw preconditionFailed(CHANGED);
  if (ifNoneMatch !== undefined && exists && isTagListed(ifNoneMatch, tag, 'weak'))
    throw preconditionFailed(CHANGED);
}

const CHANGED = { detail: 'The resource is in another state than the request expects. Read it again.' };
const REQUIRED = { detail: 'Send If-Match with the ETag of the state that you have read.' };
