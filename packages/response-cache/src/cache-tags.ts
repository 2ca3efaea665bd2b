import { contextKey, Mark, routeMark, type Context, type RouteMark } from '@sluice/core';
import { nameTags } from './store/purged-names';

/** The mark of `@CacheTags`, for plain routes: `marks: [CACHE_TAGS.of(['notes'])]`. */
export const CACHE_TAGS: RouteMark<readonly string[]> = routeMark<readonly string[]>('cacheTags');

const ADDED = contextKey<string[]>('cacheTags');

/**
 * Gives the kept replies of a class or a method tags, by which `purge({ tags })` finds them. Those of the class count too.
 *
 * @throws TypeError for a tag that is empty or longer than 256 characters, and for more than 64
 * @example @CacheTags('notes')
 */
export function CacheTags(...tags: readonly string[]): ClassDecorator & MethodDecorator {
  nameTags(tags);
  return Mark(CACHE_TAGS, tags);
}

/**
 * Gives the reply to this request more tags, up to 64. It does nothing where no cache runs.
 *
 * @throws TypeError for a tag that is empty or longer than 256 characters, and for more than 64
 * @example addCacheTags(context, `note ${note.id}`);
 */
export function addCacheTags(context: Context, ...tags: readonly string[]): void {
  const all = [...(context.get(ADDED) ?? []), ...tags];
  nameTags(all);
  context.set(ADDED, all);
}

/** The tags that the steps inside the cache have added. */
export function readAddedTags(context: Context): readonly string[] {
  return context.get(ADDED) ?? [];
}
