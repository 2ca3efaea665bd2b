import { ConfigurationError, Mark, routeMark } from '@sluice/core';

/** Marks a route that pages of every site may use. On a plain route: `marks: [CSRF_EXEMPT.of(true)]`. */
export const CSRF_EXEMPT = routeMark<true>('csrfExempt');

/**
 * Exempts one route from `csrf`: a webhook, or an endpoint whose requests a page cannot make, because they carry a
 * signature or a bearer token. It is for methods only, so that a route that is added to a class later is protected.
 *
 * @throws ConfigurationError OPTION_INVALID on a class
 * @example @Post('/webhook') @CsrfExempt() receive(@Body() event: PaymentEvent) { … }
 */
export function CsrfExempt(): MethodDecorator {
  return (target, property, descriptor) => {
    if (property === undefined) refuseClass(target);
    return Mark(CSRF_EXEMPT, true)(target, property, descriptor);
  };
}

function refuseClass(target: object): never {
  const place = (target as { readonly name?: string }).name ?? 'a class';
  const fault = '@CsrfExempt is on a class, where it would exempt routes that are added later.';
  throw new ConfigurationError([
    { code: 'OPTION_INVALID', place, fault, cure: 'Write @CsrfExempt() on each method that needs it.' },
  ]);
}
