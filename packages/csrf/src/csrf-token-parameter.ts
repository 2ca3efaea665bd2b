import { createParameterDecorator } from '@sluice/core';
import { csrfToken } from './token/csrf-token';

/**
 * Gives a handler a token for its session. The application does not start if a route uses it and no
 * `csrf({ token: true })` runs there.
 *
 * @example form(@CsrfToken() token: string) { return html(`<input type="hidden" name="_csrf" value="${token}">`); }
 */
export const CsrfToken = createParameterDecorator('CsrfToken', (context) => csrfToken(context), {
  needs: 'csrfToken',
});
