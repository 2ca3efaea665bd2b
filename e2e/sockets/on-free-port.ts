import { findFreePort } from './find-free-port';

const MOST_ATTEMPTS = 3;

/** Starts a server on a free port, and on another one if somebody has taken that before the server listens. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await findFreePort());
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !/address already in use/i.test(String(error))) throw error;
    }
  }
}
