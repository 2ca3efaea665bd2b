import { createRequire } from 'node:module';
import path from 'node:path';
import type { Finding } from '../finding';

type Core = typeof import('@sluice/core');

/** Listens on a free port with an empty application, which shows which engine runs here and why. */
export async function checkEngine(core: Core): Promise<Finding[]> {
  let message = '';
  const logger = { info: (text: string) => void (message = text), warn() {}, error() {} };
  try {
    const app = await core.createApp({ logger });
    await app.listen({ port: 0, handleSignals: false });
    const { engine } = app;
    await app.close();
    return [describeEngine(engine === 'uws', message, findBuild()), describeHeadLimit(process.env)];
  } catch (error) {
    const text = (error as Error).message;
    return [{ code: 'ENGINE', level: 'fault', text, cure: 'See docs/engine.md.' }];
  }
}

/** Pure. */
export function describeEngine(isUws: boolean, message: string, build: string | undefined): Finding {
  if (isUws)
    return { code: 'ENGINE', level: 'fine', text: build ? `${message} It is build ${build}.` : message };
  const isWanted = message.includes('SLUICE_ENGINE');
  return {
    code: 'ENGINE',
    level: isWanted ? 'fine' : 'warning',
    text: message,
    ...(!isWanted && {
      cure: 'µWebSockets is the faster one. docs/engine.md lists the versions of Node and glibc that it runs on.',
    }),
  };
}

/** The version of the build that has been loaded, from the files that this process has. */
function findBuild(): string | undefined {
  const file = Object.keys(require.cache).find((name) => /[\\/]uWebSockets\.js(?:-next)?[\\/]/.test(name));
  if (file === undefined) return undefined;
  const folder = /^.*[\\/]uWebSockets\.js(?:-next)?/.exec(file)![0];
  const { version } = createRequire(file)(path.join(folder, 'package.json')) as { version?: string };
  return version;
}

const DEFAULT_HEAD_LIMIT = 16_384;

/** The limit of the engine, unless the application gives another one. Pure. */
export function describeHeadLimit(environment: Readonly<Record<string, string | undefined>>): Finding {
  const named = environment['UWS_HTTP_MAX_HEADERS_SIZE'];
  const bytes = named ?? DEFAULT_HEAD_LIMIT;
  const why = named === undefined ? 'the default' : 'UWS_HTTP_MAX_HEADERS_SIZE';
  const text = `The head of a request may have ${bytes} bytes (${why}), unless the application has maxHeaderBytes.`;
  return { code: 'HEAD_LIMIT', level: 'fine', text };
}
