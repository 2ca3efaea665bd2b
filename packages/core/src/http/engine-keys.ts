import { contextKey } from './context-key';
import type { HttpError } from './status/http-error';

/** The answer to a request that must not reach its route, such as one with bad framing. The engine sets it. */
export const REFUSAL = contextKey<HttpError>('refusal');

/** The `instance` of the problem in the response (RFC 9457 §3.1.5). The engine logs it to identify the request. */
export const PROBLEM_INSTANCE = contextKey<string>('problem instance');
