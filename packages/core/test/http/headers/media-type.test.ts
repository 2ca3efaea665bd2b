import { parseMediaType } from '../../../src/http/headers/media-type';

describe('parseMediaType', () => {
  it.each([
    ['application/json', 'application/json'],
    ['Text/HTML; charset=utf-8', 'text/html'],
    [' text/plain ;x', 'text/plain'],
    ['', ''],
  ])('parses %j as %j', (contentType, type) => {
    expect(parseMediaType(contentType)).toBe(type);
  });
});
