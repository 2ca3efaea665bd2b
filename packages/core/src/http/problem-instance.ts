import { contextKey } from './context-key';

/** The instance of the problem that a request was answered with (RFC 9457 §3.1.5): its name in the log. */
export const PROBLEM_INSTANCE = contextKey<string>('problem instance');
