import {
  isRecognisedMethod,
  isServedMethod,
  mayHaveBody,
  ROUTE_METHODS,
} from '../../src/routing/http-method';

describe('methods', () => {
  it('are served in upper case only', () => {
    expect(ROUTE_METHODS.every(isServedMethod)).toBe(true);
    expect(['get', 'TRACE', 'ALL', '', 'PROPFIND'].some(isServedMethod)).toBe(false);
  });

  it('are recognised if RFC 9110 or RFC 5789 defines them', () => {
    expect([...ROUTE_METHODS, 'TRACE', 'CONNECT'].every(isRecognisedMethod)).toBe(true);
    expect(['PROPFIND', 'get', 'ALL'].some(isRecognisedMethod)).toBe(false);
  });

  it('may have a body, except for GET, HEAD and OPTIONS', () => {
    expect(['POST', 'PUT', 'PATCH', 'DELETE', 'ALL'].every(mayHaveBody)).toBe(true);
    expect(['GET', 'HEAD', 'OPTIONS'].some(mayHaveBody)).toBe(false);
  });
});
