/**
 * The content of a session: JSON data in an object that inherits nothing. Every request gets an object of its own.
 * Declare the types of your keys by declaration merging, or give the parameter a type of your own.
 *
 * @example declare module '@sluice/session' { interface SessionData { user?: string } }
 */
export interface SessionData {
  [key: string]: unknown;
}
