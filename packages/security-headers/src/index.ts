export { CspNonce } from './csp-nonce-parameter';
export { cspNonce } from './csp/request-nonce';
export { NONCE } from './csp/directive-values';
export type { CspDirectives, CspPolicy } from './csp/csp-policy';
export { SECURITY_HEADERS, SecurityHeaders } from './security-headers-decorator';
export { securityHeaders } from './security-headers';
export type {
  CrossOriginPolicy,
  ReferrerPolicy,
  SecurityHeadersOptions,
  StrictTransportSecurity,
} from './security-headers-options';
