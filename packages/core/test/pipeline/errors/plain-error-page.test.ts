import { formatPlainErrorPage } from '../../../src/pipeline/errors/plain-error-page';

const format = (status: number, detail?: string): string =>
  formatPlainErrorPage({
    type: 'about:blank',
    title: 'The title',
    status,
    ...(detail !== undefined && { detail }),
    instance: 'urn:uuid:1',
    code: 'the_code',
  });

describe('formatPlainErrorPage', () => {
  it('shows the detail, or else the title', () => {
    expect(format(404, 'No such note.')).toContain('<p class="detail">No such note.</p>');
    expect(format(404)).toContain('<p class="detail">The title</p>');
  });

  it.each([
    [400, 'wrong with the request'],
    [401, 'sign in'],
    [404, 'misspelt'],
    [422, 'wrong with the request'],
    [499, 'wrong with the request'],
    [500, 'our fault'],
    [503, 'our fault'],
  ])('has a hint for %i', (status, hint) => expect(format(status)).toContain(hint));

  it('names the occurrence in the log if the server failed', () => {
    expect(format(500)).toContain('urn:uuid:1');
    expect(format(499)).not.toContain('urn:uuid:1');
  });

  it('escapes everything', () => {
    const evil = '<img src=x>';
    const page = formatPlainErrorPage({
      type: evil,
      title: evil,
      status: 500,
      detail: evil,
      instance: evil,
      code: evil,
    });
    expect(page).not.toContain('<img');
    expect(page.match(/&lt;img/g)).toHaveLength(4);
  });
});
