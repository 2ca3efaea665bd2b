import { json, type App, type Context } from '@sluice/core';
import { basic, USER, type BasicOptions } from '../src';
import { start, describeRefusal } from './guarded-app';

const handler = (context: Context) => json(context.get(USER) ?? null);
const encode = (text: string | Uint8Array) => `Basic ${Buffer.from(text).toString('base64')}`;
const CHALLENGE = 'Basic realm="staff", charset="UTF-8"';

function serve(options: Partial<BasicOptions<unknown>>): Promise<App> {
  return start({
    routes: [{ method: 'GET', path: '/', handler }],
    middleware: [basic({ realm: 'staff', ...options })],
  });
}

describe('basic', () => {
  let app: App;
  const ask = (authorization: string | readonly string[]) =>
    app.inject({ url: '/', headers: { authorization } });

  beforeAll(async () => {
    app = await serve({ users: { ada: 'pass:wörd 1', bob: 'another password', __proto__x: 'password' } });
  });

  it('admits a user by name and password, which may have colons and non-ASCII letters', async () => {
    expect((await ask(encode('ada:pass:wörd 1'))).json()).toEqual({ name: 'ada' });
    expect((await ask(encode('bob:another password').replace('Basic', 'bAsIc'))).json()).toEqual({
      name: 'bob',
    });
  });

  it.each([
    ['a wrong password', encode('ada:another password')],
    ['a wrong name', encode('eve:another password')],
    ['the beginning of a password', encode('ada:pass')],
    ['no password', encode('ada:')],
  ])('refuses %s', async (_, authorization) => {
    expect(describeRefusal(await ask(authorization))).toEqual([401, 'credentials_invalid', CHALLENGE]);
  });

  it.each([
    ['credentials without a colon', encode('ada')],
    ['invalid UTF-8', encode(Uint8Array.of(0x61, 0x3a, 0xff))],
    ['a control character', encode('ada:pass\u0000word')],
    ['invalid base64', 'Basic a!b'],
    ['a scheme without credentials', 'Basic'],
    ['two lines', [encode('ada:pass:wörd 1'), encode('bob:another password')]],
  ])('answers 400 to %s', async (_, authorization) => {
    expect(describeRefusal(await ask(authorization))).toEqual([400, 'invalid_request', CHALLENGE]);
  });

  it('asks the browser for credentials', async () => {
    expect(describeRefusal(await app.inject({ url: '/' }))).toEqual([401, 'credentials_missing', CHALLENGE]);
  });

  it('accepts the user that verify returns', async () => {
    app = await serve({ verify: async (name, password) => (password === 'x' ? { id: name } : undefined) });
    expect((await ask(encode('ada:x'))).json()).toEqual({ id: 'ada' });
    expect((await ask(encode('ada:y'))).status).toBe(401);
  });

  it.each([
    [{}, 'It needs either users or verify, not both'],
    [{ users: { ada: 'long enough' }, verify: () => 1 }, 'It needs either users or verify, not both'],
    [{ users: {} }, 'users must be an object of passwords'],
    [{ users: { ada: undefined } }, 'users must have passwords of at least 8 characters'],
    [{ users: { 'a:b': 'long enough' } }, 'users must have names without a colon'],
  ])('refuses the options %p', (options, message) => {
    expect(() => basic(options as never)).toThrow(message);
  });

  it('puts no password into the plan', async () => {
    app = await serve({ users: { ada: 'a password' } });
    expect(JSON.stringify(app.plan)).not.toContain('a password');
  });
});
