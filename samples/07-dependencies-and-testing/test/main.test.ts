import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSample } from '../../../e2e/programs/start-sample';

describe('node dist/main.js', () => {
  let folder: string;
  let env: { readonly NOTES_FILE: string };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'notes-'));
    env = { NOTES_FILE: path.join(folder, 'notes.json') };
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('keeps notes from one run to the next', async () => {
    const note = { author: 'ada', text: 'hello' };
    {
      await using program = startSample('07-dependencies-and-testing', env);
      const ada = await logIn(await program.waitForUrl());
      expect(await (await ada('/notes', '{"text":"hello"}')).json()).toEqual(note);
      expect(await program.stop()).toBe(0);
    }
    expect(JSON.parse(await readFile(env.NOTES_FILE, 'utf8'))).toEqual([note]);

    await using program = startSample('07-dependencies-and-testing', env);
    const ada = await logIn(await program.waitForUrl());
    const response = await ada('/notes');
    expect(response.headers.get('x-steps')).toBe('by ada, list');
    expect(await response.json()).toEqual([note]);
  });

  /** Logs in over HTTP. Returns a function that sends requests with the session. */
  async function logIn(url: string) {
    const headers = { 'content-type': 'application/json', cookie: '' };
    const ask = (route: string, body?: string) =>
      fetch(url + route, body === undefined ? { headers } : { method: 'POST', headers, body });
    const response = await ask('/log-in', '{"name":"ada"}');
    headers.cookie = response.headers.getSetCookie()[0]!.split(';')[0]!;
    return ask;
  }
});
