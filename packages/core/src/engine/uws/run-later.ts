import { setImmediate } from 'node:timers/promises';
import type { CompiledRoute } from '../../http/compiled-route';
import type { Context } from '../../http/context';

/**
 * After a synchronous refusal the engine would still read the rest of the packet as the next request, although the
 * connection closes. After an asynchronous one it does not.
 */
export async function runLater(route: CompiledRoute, context: Context): Promise<void> {
  await setImmediate();
  await route.run(context);
}
