import { createParameterDecorator } from '../../../src';
import { findDescriptionFault } from '../../../src/http/description/find-description-fault';

const bearer = { scheme: { type: 'http', scheme: 'bearer' } };
const statuses = { 429: { description: 'Busy.', headers: { 'Retry-After': { type: 'integer' } } } };

it.each([
  {},
  { statuses, headers: { ETag: {} }, requestHeaders: { 'X-Version': { required: true, description: 'A.' } } },
  { statuses: undefined },
  { statuses: { 503: { description: 'Down.', mediaType: 'application/json' } } },
  { security: [] },
  { security: [{}, { token: bearer }, { token: { ...bearer, scopes: ['admin'] } }] },
  { security: [{ mutual: { scheme: { type: 'mutualTLS' } } }] },
])('%j is a description', (description) => {
  expect(findDescriptionFault(description)).toBeUndefined();
});

it.each([
  [[], 'must be an object'],
  ['statuses', 'must be an object'],
  [{ status: statuses }, 'must have no status: the members are statuses, headers, requestHeaders, security'],
  [{ statuses: [] }, 'statuses must be an object'],
  [{ statuses: { 42: {} } }, 'statuses must have statuses from 100 to 599, and "42" is not one'],
  [{ statuses: { '4XX': {} } }, 'statuses must have statuses from 100 to 599, and "4XX" is not one'],
  [{ statuses: { 429: 'Busy.' } }, 'statuses.429 must have a description'],
  [{ statuses: { 429: { description: 1 } } }, 'statuses.429.description must be text'],
  [
    { statuses: { 429: { description: 'Busy.', header: {} } } },
    'must have no statuses.429.header: the members are description, headers, mediaType',
  ],
  [{ statuses: { 503: { description: 'Down.', mediaType: 1 } } }, 'statuses.503.mediaType must be text'],
  [{ headers: { 'Retry After': {} } }, 'headers must have names of headers, and "Retry After" is not one'],
  [{ headers: { ETag: 'a tag' } }, 'headers.ETag must be an object'],
  [{ headers: { ETag: { type: 'number' } } }, "headers.ETag.type must be 'string' or 'integer'"],
  [{ requestHeaders: { Origin: { required: 1 } } }, 'requestHeaders.Origin.required must be true or false'],
  [{ security: { token: bearer } }, 'security must be a list'],
  [{ security: [null] }, 'security.0 must be an object'],
  [{ security: [{ token: {} }] }, 'security.0.token must have a scheme'],
  [
    { security: [{ token: { ...bearer, scopes: 'admin' } }] },
    'security.0.token.scopes must be a list of texts',
  ],
  [{ security: [{ token: { scheme: 'bearer' } }] }, 'security.0.token.scheme must be an object'],
  [
    { security: [{ token: { scheme: { type: 'basic' } } }] },
    'security.0.token.scheme.type must be one of http, apiKey, oauth2, openIdConnect, mutualTLS',
  ],
  [
    { security: [{ token: { scheme: { type: 'apiKey', name: 'key' } } }] },
    'security.0.token.scheme must have in',
  ],
])('%j is not', (description, fault) => {
  expect(findDescriptionFault(description)).toBe(fault);
});

it('is asked by createParameterDecorator', () => {
  const make = (options: object) => () => createParameterDecorator('User', () => 1, options);
  expect(make({ describes: { statuses: { 401: {} } } })).toThrow(
    'describes statuses.401 must have a description.',
  );
  expect(make({ need: 'session' })).toThrow('Write needs instead.');
});
