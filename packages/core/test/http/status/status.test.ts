import { describeStatus, forbidsBody, isFinalStatus, findReason } from '../../../src/http/status/status';

describe('a status', () => {
  it('has the reason phrase of RFC 9110', () => {
    expect([404, 413, 422, 599].map(describeStatus)).toEqual([
      '404 Not Found',
      '413 Content Too Large',
      '422 Unprocessable Content',
      '599 Unknown',
    ]);
    expect(describeStatus(404)).toBe('404 Not Found');
    expect(findReason(200)).toBe('OK');
  });

  it('is final when it is a whole number from 200 to 599', () => {
    expect([100, 199, 200, 204.5, 599, 600, '200', undefined].filter(isFinalStatus)).toEqual([200, 599]);
  });

  it('forbids a body when it is 204 or 304', () =>
    expect([200, 204, 205, 304, 404].filter(forbidsBody)).toEqual([204, 304]));
});
