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
    if (typeof tag === 'string' && tag !== '' && tag.length <= LONGEST_TAG) return `t:${tag}`;
    throw new TypeError(`A tag must be text of 1 to ${LONGEST_TAG} characters.`);
  });
}

/** The names that a purge is about. A query is ignored, because all queries of a path are purged. */
export function namePurged({ url = [], tags = [] }: PurgeRequest): string[] {
  const urls = typeof url === 'string' ? [url] : url;
  const paths = urls.map((one) => {
    if (one.startsWith('/')) return namePath(one.split('?', 1)[0]!);
    throw new TypeError('purge({ url }) takes a path, such as "/notes/7".');
  });
  return [...paths, ...tags.flatMap((tag) => nameTags([tag]))];
}
