import type { App } from '@sluice/core';
import { createBackgroundWork } from '../src/create-background-work';

// No server listens on this port: tasks after a reply do not need Redis.
const NO_REDIS = 'redis://127.0.0.1:1';

describe('signing up', () => {
  let app: App;

  beforeEach(async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    app = await createBackgroundWork({ redisUrl: NO_REDIS, withWorker: false });
  });

  afterEach(async () => {
    await app.close();
    jest.restoreAllMocks();
  });

  const signUp = (email: string) => app.inject({ method: 'POST', url: '/signups', body: { email } });

  const readJournal = async () => (await app.inject({ url: '/signups/journal' })).json();

  it('sends the mail after the reply, in the order of the tasks', async () => {
    expect((await signUp('ada@example.org')).status).toBe(201);
    expect(await readJournal()).toEqual(['attempt ada@example.org', 'welcome ada@example.org']);
  });

  it('sends no mail after an error, but logs the attempt', async () => {
    await signUp('ada@example.org');
    expect((await signUp('ada@example.org')).status).toBe(409);
    expect(await readJournal()).toEqual([
      'attempt ada@example.org',
      'welcome ada@example.org',
      'attempt ada@example.org',
    ]);
  });

  it('does nothing for an invalid address', async () => {
    expect((await signUp('ada')).status).toBe(422);
    expect(await readJournal()).toEqual([]);
  });
});
