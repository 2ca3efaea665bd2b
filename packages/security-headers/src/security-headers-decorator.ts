import { Mark, routeMark } from '@sluice/core';
import type { SecurityHeadersOptions } from './security-headers-options';

/** The changes of a route to the headers. On a plain route: `marks: [SECURITY_HEADERS.of({ xFrameOptions: 'DENY' })]`. */
export const SECURITY_HEADERS = routeMark<SecurityHeadersOptions>('securityHeaders', {
  needs: 'securityHeaders',
});

/**
 * Changes headers of a route, or of all routes of a class: the options are merged into those of `securityHeaders` further
 * out, directives one by one. A route without `securityHeaders` refuses to start.
 *
 * @example @SecurityHeaders({ contentSecurityPolicy: { frameAncestors: ['https://partner.example'] }, xFrameOptions: false })
 */
export function SecurityHeaders(options: SecurityHeadersOptions): ClassDecorator & MethodDecorator {
  return Mark(SECURITY_HEADERS, options);
}
