import {
  isRecognisedMethod,
  isServedMethod,
  mayHaveBody,
  ROUTE_METHODS,
} from '../../src/routing/http-method';

describe('methods', () => {
  it('are served as they are written only', () => {
    expect(ROUTE_METHODS.every(isServedMethod)).toBe(true);
    expect(['get', 'TRACE', 'ALL', '', 'PROPFIND'].some(isServedMethod)).toBe(false);
  });

  it('are recognised when RFC 9110 or 5789 has them', () => {
    expect([...ROUTE_METHODS, 'TRACE', 'CONNECT'].every(isRecognisedMethod)).toBe(true);
    expect(['PROPFIND', 'get', 'ALL'].some(isRecognisedMethod)).toBe(false);
  });

  it('have a body or not', () => {
    expect(['POST', 'PUT', 'PATCH', 'DELETE', 'ALL'].every(mayHaveBody)).toBe(true);
    expect(['GET', 'HEAD', 'OPTIONS'].some(mayHaveBody)).toBe(false);
  });
});
