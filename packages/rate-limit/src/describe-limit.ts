import type { DescribedHeaders, StepDescription } from '@sluice/core';

const FIELDS: DescribedHeaders = {
  'RateLimit-Policy': { description: 'The limits: `"default";q=100;w=60` is 100 requests in 60 seconds.' },
  RateLimit: { description: 'What is left of them: `"default";r=99;t=1`.' },
};
const RETRY: DescribedHeaders = {
  'Retry-After': { type: 'integer', description: 'Seconds until the request may be repeated.' },
};

/** Describes the answers and headers of a limit, for documents of the API. */
export function describeLimit(hasFields: boolean, mayBeClosed: boolean): StepDescription {
  const fields = hasFields ? FIELDS : {};
  return {
    statuses: {
      429: { description: 'Too many requests have come from this client.', headers: { ...RETRY, ...fields } },
      ...(mayBeClosed && {
        503: { description: 'Requests cannot be counted at the moment.', headers: RETRY },
      }),
    },
    headers: fields,
  };
}
