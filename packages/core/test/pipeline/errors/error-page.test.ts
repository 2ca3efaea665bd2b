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
  it('shows the error, and the instance that the log has', () => {
    const page = formatErrorPage(PROBLEM);
    expect(page).toContain('<title>500 Internal Server Error</title>');
    expect(page).toContain('TypeError: text is undefined');
    expect(page).toContain('urn:uuid:1');
    expect(page).not.toContain('<ol>');
  });

  it('lists the frames of the stack, without the lines of the message', () => {
    const page = formatErrorPage({
      ...PROBLEM,
      stack: ['more of the message', 'at find (/src/store.ts:1:2)'],
    });
    expect(page).toContain('<li>at find (/src/store.ts:1:2)</li>');
    expect(page).not.toContain('more of the message');
  });

  it.each(['at run (/app/node_modules/library/index.js:1:2)', 'at trampoline (node:internal/hooks:1:2)'])(
    'dims frames of libraries and of Node: %s',
    (frame) => {
      expect(formatErrorPage({ ...PROBLEM, stack: [frame] })).toContain(`<li class="foreign">${frame}</li>`);
    },
  );

  it('shows the source around the first own frame, with its line marked', () => {
    const page = formatErrorPage({ ...PROBLEM, stack: [`at it (${__filename}:3:1)`] });
    expect(page).toContain(`<code>${__filename}:3</code>`);
    expect(page).toContain('<span class="here"><i>3</i>const PROBLEM = {</span><span><i>4</i>');
    expect(page.match(/class="here"/g)).toHaveLength(1);
  });

  it('lists validation errors', () => {
    const errors = [{ in: 'body', pointer: '/text', code: 'isString', detail: 'must be text' }] as const;
    expect(formatErrorPage({ ...PROBLEM, errors })).toContain('<li>body /text: must be text</li>');
  });

  it('escapes everything', () => {
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
