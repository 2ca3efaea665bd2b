export { Public, PUBLIC, Roles, ROLES, Scopes, SCOPES } from './access-marks';
export { anyOf } from './any-of';
export { apiKey, type ApiKeyOptions } from './api-key';
export { authenticate, type AuthenticateOptions } from './authenticate';
export { basic, type BasicOptions } from './basic';
export { bearer, type BearerOptions } from './bearer';
export type { Guard } from './guard';
export type { GuardOptions, Verified } from './guard-options';
export { requireRoles, requireScopes } from './require-roles';
export type { NamedUser } from './secret-set';
export { User, USER } from './user';
// A star, because declaration merging does not reach a named re-export.
export type * from './authenticated-user';
