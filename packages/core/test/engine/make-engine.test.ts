import { openSync } from 'node:fs';
import { createApp, type ListenOptions } from '../../src';
import { makeLogger } from '../make-logger';

const routes = [{ method: 'GET', path: '/', handler: () => 'answered' }] as const;
const BOTH = { uws: 'µWebSockets', node: 'node:http' };

describe('the engine of an application', () => {
  afterEach(() => void delete process.env['SLUICE_ENGINE']);

  /** Listens, asks, closes, and gives back the engine and the line about it. */
  async function run(
    engine: 'auto' | 'uws' | 'node' | undefined,
    options: ListenOptions = {},
  ): Promise<[engine: string | undefined, line: unknown]> {
    const lines: unknown[] = [];
    const logger = { ...makeLogger(), info: (line: string) => lines.push(line) };
    const app = await createApp({ routes, logger, ...(engine && { engine }) });
    expect(app.engine).toBeUndefined();
    const { url } = await app.listen({ port: 0, handleSignals: false, ...options });
    expect(await (await fetch(url)).text()).toBe('answered');
    await app.close();
    return [app.engine, lines[0]];
  }

  it.each(['uws', 'node'] as const)(
    'is the one that it asks for, whatever the environment says: %s',
    async (name) => {
      process.env['SLUICE_ENGINE'] = name === 'uws' ? 'node' : 'uws';
      expect(await run(name)).toEqual([
        name,
        `The engine is ${BOTH[name]}, because the application asks for it.`,
      ]);
    },
  );

  it.each(['uws', 'node'] as const)('is the one of the environment: %s', async (name) => {
    process.env['SLUICE_ENGINE'] = name;
    const line = `The engine is ${BOTH[name]}, because SLUICE_ENGINE names it.`;
    expect(await run(undefined)).toEqual([name, line]);
    expect(await run('auto')).toEqual([name, line]);
  });

  it('is µWebSockets where a build of it loads', async () => {
    for (const value of ['', 'auto']) {
      process.env['SLUICE_ENGINE'] = value;
      expect(await run('auto')).toEqual([
        'uws',
        'The engine is µWebSockets, because a build of it loads on this machine.',
      ]);
    }
  });

  it.each<ListenOptions>([{ backlog: 10 }, { ipv6Only: false }])(
    'is node:http for an option that only it supports: %j',
    async (options) => {
      const [name] = Object.keys(options);
      const reason = `µWebSockets does not support the option ${name}`;
      expect(await run('auto', options)).toEqual(['node', `The engine is node:http, because ${reason}.`]);
      await expect(run('uws', options)).rejects.toThrow(
        `${name} is not supported by µWebSockets, which the application or SLUICE_ENGINE asks for.`,
      );
    },
  );

  it('cannot have another name', async () => {
    await expect(createApp({ engine: 'http' as 'node' })).rejects.toThrow(
      'engine must be one of "auto", "uws", "node"',
    );
    process.env['SLUICE_ENGINE'] = 'http';
    await expect(run('auto')).rejects.toThrow("SLUICE_ENGINE must be 'auto', 'uws' or 'node'");
  });

  it('refuses an inherited socket beside an address, and one that is not a socket', async () => {
    const listen = async (options: ListenOptions): Promise<unknown> =>
      (await createApp({ routes, logger: makeLogger() })).listen({ handleSignals: false, ...options });
    await expect(listen({ fd: 3, port: 80 })).rejects.toThrow('fd excludes port, host and socket');
    await expect(listen({ fd: openSync(__filename, 'r') })).rejects.toThrow(
      'The application cannot listen on the descriptor',
    );
  });
});
