import { forbidden, type Middleware } from '@sluice/core';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses posts from pages of other sites. Browsers send Origin with every post, so a request without it comes from a program. */
export const requireSameOrigin: Middleware = {
  name: 'requireSameOrigin',
  describes: ({ method }) =>
    SAFE_METHODS.includes(method)
      ? undefined
      : { statuses: { 403: { description: 'The request comes from another origin.' } } },
  handle({ request }, next) {
    if (SAFE_METHODS.includes(request.method)) return next();
    const home = `${request.protocol}://${request.host}`;
    // Every line counts: `header('origin')` is the first one only.
    if (request.headerLines('origin').every((origin) => origin === home)) return next();
    throw forbidden({ code: 'origin_refused', detail: 'Requests from other origins are not accepted.' });
  },
};
