import { createParameterDecorator } from '@sluice/core';
import { cspNonce } from './csp/request-nonce';

/**
 * Gives a handler the nonce of the request. The application does not start if a route uses it and no directive there
 * has NONCE.
 *
 * @example page(@CspNonce() nonce: string) { return html(`<script nonce="${nonce}">start()</script>`); }
 */
export const CspNonce = createParameterDecorator('CspNonce', (context) => cspNonce(context), {
  needs: 'cspNonce',
});
