import { createApp } from '../../../src';
import type { Mistake } from '../../configuration/mistake';

/** Listens with a limit for heads, then with another. */
async function listenWithTwoLimits(): Promise<void> {
  const app = await createApp({ engine: 'uws', maxHeaderBytes: 16_384 });
  await app.listen({ port: 0, handleSignals: false });
  try {
    await (await createApp({ engine: 'uws', maxHeaderBytes: 65_536 })).listen({ port: 0 });
  } finally {
    await app.close();
  }
}

/** The mistakes at start-up that only µWebSockets knows. */
export const UWS_MISTAKES: readonly Mistake[] = [
  {
    code: 'HEADER_LIMIT_CONFLICT',
    when: 'two applications of a process ask for different limits',
    make: listenWithTwoLimits,
    place: 'app.listen',
    fault:
      'The application has maxHeaderBytes: 65536, but the engine was loaded with 16384, which holds for the whole process.',
    cure: 'Give all applications of the process the same maxHeaderBytes, or set UWS_HTTP_MAX_HEADERS_SIZE in its environment.',
  },
];
