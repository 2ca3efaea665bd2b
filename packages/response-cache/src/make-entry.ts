import { afterwards, type Context, type Next } from '@sluice/core';
import { readAddedTags } from './cache-tags';
import { CacheEntry } from './reply/cache-entry';
import { captureReply, type CaptureSettings } from './reply/capture-reply';
import { HeaderSnapshot } from './reply/stored-reply';
import type { RequestKeys } from './request-key';
import { namePath, nameTags } from './store/purged-names';

/** The result of the handler: an entry, or the reason why there is none. */
export interface Made {
  readonly entry: CacheEntry | undefined;
  readonly obstacle: string;
  /** The reply is that of a failure. */
  readonly hasFailed: boolean;
  /** The headers before the handler ran. */
  readonly before: HeaderSnapshot;
}

/** The settings of the entries of one route. */
export interface EntrySettings extends CaptureSettings {
  /** The names of the tags of the route. */
  readonly tagNames: readonly string[];
  readonly statusName: string | undefined;
  /** Whether a step further out has answered already, so that the response is not that of the steps inside any more. */
  readonly isLeft: (context: Context) => boolean;
}

const HEADER_OF_CORS = 'origin';
/** The text of `varyBy` takes the place of these. */
const CREDENTIALS = ['authorization', 'cookie'];

/**
 * Runs the steps inside the cache, and makes an entry of their reply. It looks at Vary by itself: the fields of the
 * steps inside belong to the reply, those of the middleware outside say only what the reply may depend on.
 *
 * @param since the latest purge
 */
export function makeEntry(
  context: Context,
  next: Next,
  keys: RequestKeys,
  since: number,
  settings: EntrySettings,
): Made | Promise<Made> {
  const { headers } = context.response;
  const before = new HeaderSnapshot(context.response);
  const outerVary = headers.get('Vary');
  if (outerVary !== undefined) headers.delete('Vary');
  const bornAt = performance.now();
  return afterwards(next(), () => {
    const vary = headers.get('Vary');
    if (outerVary !== undefined) headers.set('Vary', outerVary).vary(vary ?? '');
    const refuse = (obstacle: string, hasFailed = false): Made => ({
      entry: undefined,
      obstacle,
      hasFailed,
      before,
    });
    if (settings.isLeft(context)) return refuse('left', true);
    if (context.response.status >= 500) return refuse('status', true);
    const fields = [...listFields(vary), ...listOuterFields(outerVary, settings.isPerUser)];
    if (fields.includes('*')) return refuse('vary');
    const captured = captureReply(context, before, vary, settings);
    if ('obstacle' in captured) return refuse(captured.obstacle);
    if (!keys.learn(fields)) return refuse('vary');
    const { reply, lifetime, age } = captured;
    const tags = nameTags(readAddedTags(context));
    const names = [namePath(keys.readPath(context)), ...settings.tagNames, ...tags];
    const entry = new CacheEntry(reply, lifetime, bornAt - age * 1000, since, names, settings.statusName);
    return { entry, obstacle: '', hasFailed: false, before };
  });
}

function listFields(vary: string | undefined): string[] {
  if (vary === undefined) return [];
  const fields = vary.split(',').map((field) => field.trim().toLowerCase());
  return fields.filter((field) => field !== '');
}

/** Origin is left out: the middleware outside answers it with headers of its own, which are not kept. */
function listOuterFields(vary: string | undefined, isPerUser: boolean): string[] {
  return listFields(vary).filter(
    (field) => field !== HEADER_OF_CORS && !(isPerUser && CREDENTIALS.includes(field)),
  );
}
