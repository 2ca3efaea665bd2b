import type { PurgeRequest } from './cache-store';

const LONGEST_TAG = 256;
const MOST_TAGS = 64;

/** The name under which a path is purged: that of all of its spellings. */
export function namePath(path: string): string {
  return `p:${decode(path)}`;
}

function decode(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The names of tags. Throws TypeError for too many, and for one that is empty, too long or not text. */
export function nameTags(tags: readonly string[]): string[] {
  if (tags.length > MOST_TAGS) throw new TypeError(`An entry can have at most ${MOST_TAGS} tags.`);
  return tags.map((tag) => {
    // Half of a character, where a text was cut, does not come back from Redis as it was.
    if (typeof tag === 'string' && tag !== '' && tag.length <= LONGEST_TAG) return `t:${tag.toWellFormed()}`;
    throw new TypeError(`A tag must be text of 1 to ${LONGEST_TAG} characters.`);
  });
}

/**
 * The names that a purge is about. A query is ignored, because all queries of a path are purged. Throws TypeError for
 * something else than paths and tags: a purge that removes nothing would not be noticed.
 */
export function namePurged(request: PurgeRequest): string[] {
  const unknown = Object.keys(request).find((name) => name !== 'url' && name !== 'tags');
  if (unknown !== undefined) throw new TypeError(`purge() takes url and tags, not ${unknown}.`);
  const { url = [], tags = [] } = request;
  const paths = [url].flat().map((one) => {
    if (typeof one === 'string' && one.startsWith('/')) return namePath(one.split('?', 1)[0]!);
    throw new TypeError('purge({ url }) takes a path, such as "/notes/7".');
  });
  return [...paths, ...[tags].flat().flatMap((tag) => nameTags([tag]))];
}
