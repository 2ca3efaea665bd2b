/**
 * What a session holds: plain JSON data, one object a request, without prototype. Give your keys their types
 * by declaration merging, or give the parameter a type of your own.
 *
 * @example declare module '@sluice/session' { interface SessionData { user?: string } }
 */
export interface SessionData {
  [key: string]: unknown;
}
