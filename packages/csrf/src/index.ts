export { csrf } from './csrf';
export { CSRF_EXEMPT, CsrfExempt } from './csrf-exempt';
export type { CsrfOptions, CsrfTokenOptions } from './csrf-options';
export { CsrfToken } from './csrf-token-parameter';
export { csrfToken } from './token/csrf-token';
