import { openSync } from 'node:fs';
import { createApp, type ListenOptions } from '../../src';
import { makeLogger } from '../make-logger';
import { askEngine } from './ask-engine';

describe('the engine of an application', () => {
  afterEach(() => void delete process.env['SLUICE_ENGINE']);

  it('is the one that it asks for, whatever the environment says', async () => {
    process.env['SLUICE_ENGINE'] = 'uws';
    expect(await askEngine('node')).toEqual([
      'node',
      'The engine is node:http, because the application asks for it.',
    ]);
  });

  it('is the one of the environment', async () => {
    process.env['SLUICE_ENGINE'] = 'node';
    const line = 'The engine is node:http, because SLUICE_ENGINE names it.';
    expect(await askEngine(undefined)).toEqual(['node', line]);
    expect(await askEngine('auto')).toEqual(['node', line]);
  });

  it.each<ListenOptions>([{ backlog: 10 }, { ipv6Only: false }])(
    'is node:http for an option that only it supports: %j',
    async (options) => {
      const [name] = Object.keys(options);
      const reason = `µWebSockets does not support the option ${name}`;
      expect(await askEngine('auto', options)).toEqual([
        'node',
        `The engine is node:http, because ${reason}.`,
      ]);
      await expect(askEngine('uws', options)).rejects.toThrow(
        `µWebSockets, which the application or SLUICE_ENGINE asks for, does not support the option ${name}.`,
      );
    },
  );

  it('cannot have another name', async () => {
    await expect(createApp({ engine: 'http' as 'node' })).rejects.toThrow(
      'engine must be one of "auto", "uws", "node"',
    );
    process.env['SLUICE_ENGINE'] = 'http';
    await expect(askEngine('auto')).rejects.toThrow("SLUICE_ENGINE must be 'auto', 'uws' or 'node'");
  });

  it('refuses an inherited socket beside an address, and one that is not a socket', async () => {
    const listen = async (options: ListenOptions): Promise<unknown> =>
      (await createApp({ logger: makeLogger() })).listen({ handleSignals: false, ...options });
    await expect(listen({ fd: 3, port: 80 })).rejects.toThrow('fd excludes port, host and socket');
    await expect(listen({ fd: openSync(__filename, 'r') })).rejects.toThrow(
      'The application cannot listen on the descriptor',
    );
  });
});
