import { prefersPage } from '../../../src/pipeline/errors/prefers-page';

describe('prefersPage', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/json;q=0.5, text/html;q=0.8',
  ])('answers yes to %s', (accept) => expect(prefersPage(accept)).toBe(true));

  it.each([
    undefined,
    '',
    '*/*',
    'text/*',
    'application/json',
    'text/html;q=0',
    'text/html;q=0.5, application/json',
  ])('answers no to %s', (accept) => expect(prefersPage(accept)).toBe(false));
});
