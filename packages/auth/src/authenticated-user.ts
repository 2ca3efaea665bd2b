/**
 * The user of a request, as the `verify` of a guard returned it. Add your own properties by declaration merging, or give
 * the handler's parameter a type of its own.
 *
 * @example declare module '@sluice/auth' { interface AuthenticatedUser { id: string } }
 */
export interface AuthenticatedUser {
  readonly [key: string]: unknown;
}
