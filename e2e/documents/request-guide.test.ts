import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { checkExamples } from './check-examples';
import { ROOT } from './list-documents';

const HTTP = path.join(ROOT, 'packages', 'core', 'src', 'http');
const GUIDE = readFileSync(path.join(ROOT, 'docs', 'request.md'), 'utf8');

/** Members that only the framework itself calls. */
const FRAMEWORK_ONLY: Readonly<Record<string, readonly string[]>> = {
  Context: ['holdStream', 'breakOff', 'endResponse', 'afterResponse'],
  HttpRequest: ['trustProxies', 'lendBytes'],
  HttpResponse: ['chooseDefaultStatus'],
  ResponseHeaders: ['addMissing', 'dropRepresentation', 'lines', 'block', 'linesBehindBlock'],
};

describe('docs/request.md', () => {
  it.each([
    ['Context', 'context.ts'],
    ['HttpRequest', 'request.ts'],
    ['HttpResponse', 'response.ts'],
    ['ResponseHeaders', 'headers/headers.ts'],
  ])('has every member of %s that a program may use', (type, file) => {
    const members = listMembers(type, path.join(HTTP, file));
    const missing = members.filter((name) => !new RegExp(`\`${name}[(\`]`).test(GUIDE));
    expect(missing).toEqual(FRAMEWORK_ONLY[type]);
  });

  checkExamples('docs/request.md', {
    async 'Values of one request'(app) {
      expect((await app.inject({ url: '/tenant', headers: { 'x-tenant': 'acme' } })).text()).toBe('acme');
    },

    async Route(app) {
      await app.inject({ url: '/users/1' });
      await app.inject({ url: '/nothing/here' });
      expect((await app.inject({ url: '/users/2' })).json()).toEqual({ 'GET /users/:id': 2, 'ALL /*': 1 });
    },

    async 'Path parameters and the rest of a path'(app) {
      const shown = await app.inject({ url: '/users/ada%20l/files/a/b%2Fc' });
      expect(shown.json()).toEqual({ user: 'ada l', file: 'a/b/c' });
    },

    async Query(app) {
      const shown = await app.inject({ url: '/search?q=a+b&tag=x&tag=y' });
      const all = [
        ['q', 'a b'],
        ['tag', 'x'],
        ['tag', 'y'],
      ];
      expect(shown.json()).toEqual({ q: 'a b', tags: ['x', 'y'], all });
    },

    async Cookies(app) {
      const show = (cookie: string) => app.inject({ url: '/theme', headers: { cookie } });
      expect((await show('theme=pink; theme=dark')).text()).toBe('dark');
      expect((await show('theme=pink')).text()).toBe('none');
      const chosen = await app.inject({ method: 'POST', url: '/theme/dark' });
      expect([chosen.status, chosen.header('set-cookie')]).toEqual([
        204,
        'theme=dark; Max-Age=31536000; Path=/; HttpOnly',
      ]);
      const forgotten = await app.inject({ method: 'POST', url: '/theme/none' });
      expect(forgotten.header('set-cookie')).toBe('theme=; Max-Age=0; Path=/');
    },

    async Body(app) {
      const post = (signature: string) =>
        app.inject({
          method: 'POST',
          url: '/webhook',
          body: { event: 'paid' },
          headers: { 'x-signature': signature },
        });
      const signature = createHmac('sha256', 'secret').update('{"event":"paid"}').digest('hex');
      expect((await post(signature)).json()).toEqual({ event: 'paid' });
      expect((await post('00')).status).toBe(401);
    },

    async 'Response headers'(app) {
      const shown = await app.inject({ url: '/' });
      expect([shown.header('x-content-type-options'), shown.header('x-frame-options')]).toEqual([
        'nosniff',
        undefined,
      ]);
    },

    async 'After the response'(app) {
      await app.inject({ method: 'POST', url: '/orders' });
      await waitFor(async () => (await app.inject({ url: '/log' })).text() === '["receipt sent","closed"]');
    },

    async 'When the client leaves'(app) {
      const client = new AbortController();
      const slow = app.inject({ url: '/slow', signal: client.signal }).catch(() => undefined);
      client.abort();
      await slow;
      await waitFor(async () => (await app.inject({ url: '/left' })).text() === '["/slow"]');
    },
  });
});

async function waitFor(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** The public members of a class, in the order written. */
function listMembers(type: string, file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const declared = source.statements.find(
    (statement): statement is ts.ClassDeclaration =>
      ts.isClassDeclaration(statement) && statement.name?.text === type,
  );
  return declared!.members.flatMap((member) => {
    const isPrivate = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
    return member.name && ts.isIdentifier(member.name) && !isPrivate ? [member.name.text] : [];
  });
}
