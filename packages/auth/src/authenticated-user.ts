/**
 * Who a guard has let in: what its `verify` gave. Give it your own properties by declaration merging, or give the
 * handler's parameter a type of your own.
 *
 * @example declare module '@sluice/auth' { interface AuthenticatedUser { id: string } }
 */
export interface AuthenticatedUser {
  readonly [key: string]: unknown;
}
