import { createApp, type ListenOptions } from '../../src';
import { makeLogger } from '../make-logger';

const routes = [{ method: 'GET', path: '/', handler: () => 'answered' }] as const;

/** Listens, asks, closes, and gives back the engine and the line about it. */
export async function askEngine(
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
