import { askEngine } from '../ask-engine';

describe('µWebSockets', () => {
  afterEach(() => void delete process.env['SLUICE_ENGINE']);

  it('is the engine of an application that asks for it, whatever the environment says', async () => {
    process.env['SLUICE_ENGINE'] = 'node';
    expect(await askEngine('uws')).toEqual([
      'uws',
      'The engine is µWebSockets, because the application asks for it.',
    ]);
  });

  it('is the engine if the environment names it', async () => {
    process.env['SLUICE_ENGINE'] = 'uws';
    const line = 'The engine is µWebSockets, because SLUICE_ENGINE names it.';
    expect(await askEngine(undefined)).toEqual(['uws', line]);
    expect(await askEngine('auto')).toEqual(['uws', line]);
  });

  it.each(['', 'auto'])('is the engine where a build of it loads, with SLUICE_ENGINE=%s', async (value) => {
    process.env['SLUICE_ENGINE'] = value;
    expect(await askEngine('auto')).toEqual([
      'uws',
      'The engine is µWebSockets, because a build of it loads on this machine.',
    ]);
  });
});
