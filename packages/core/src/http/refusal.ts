import { contextKey } from './context-key';
import type { HttpError } from './status/http-error';

/** Set by an engine on a request that must not reach its route: bad framing. The fallback answers with it. */
export const REFUSAL = contextKey<HttpError>('refusal');
