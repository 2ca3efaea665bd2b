import { formatErrorPage } from '../../../src/pipeline/errors/error-page';

const PROBLEM = {
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'TypeError: text is undefined',
  instance: 'urn:uuid:1',
  code: 'internal_server_error',
};

describe('formatErrorPage', () => {
  it('says what happened, and which occurrence in the log it was', () => {
    const page = formatErrorPage(PROBLEM);
    expect(page).toContain('<title>500 Internal Server Error</title>');
    expect(page).toContain('TypeError: text is undefined');
    expect(page).toContain('urn:uuid:1');
    expect(page).not.toContain('<ol>');
  });

  it('lists the frames of the stack, without the lines of the message that stand before them', () => {
    const page = formatErrorPage({
      ...PROBLEM,
      stack: ['more of the message', 'at find (/src/store.ts:1:2)'],
    });
    expect(page).toContain('<li>at find (/src/store.ts:1:2)</li>');
    expect(page).not.toContain('more of the message');
  });

  it.each(['at run (/app/node_modules/library/index.js:1:2)', 'at trampoline (node:internal/hooks:1:2)'])(
    'lets what the reader did not write stand back: %s',
    (frame) => {
      expect(formatErrorPage({ ...PROBLEM, stack: [frame] })).toContain(`<li class="foreign">${frame}</li>`);
    },
  );

  it('lists what validation found', () => {
    const errors = [{ in: 'body', pointer: '/text', code: 'isString', detail: 'must be text' }] as const;
    expect(formatErrorPage({ ...PROBLEM, errors })).toContain('<li>body /text: must be text</li>');
  });

  it('escapes all that comes from outside', () => {
    const evil = `<img src=x onerror="alert('&')">`;
    const page = formatErrorPage({
      ...PROBLEM,
      title: evil,
      detail: evil,
      code: evil,
      instance: evil,
      stack: [`at ${evil}`],
      errors: [{ in: 'body', pointer: evil, code: evil, detail: evil }],
    });
    expect(page).not.toContain('<img');
    expect(page.match(/&lt;img src=x onerror=&quot;alert\(&#39;&amp;&#39;\)&quot;&gt;/g)).toHaveLength(8);
  });
});
