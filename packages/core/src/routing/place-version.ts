/** The segment of a path where the version goes, if it does not go in front. */
export const VERSION_SEGMENT = '/{version}';

/** Puts the version in the place of `{version}`; without a version, the segment is left out. Pure. */
export function placeVersion(path: string, version: string | undefined): string {
  return path.replace(VERSION_SEGMENT, version === undefined ? '' : `/${version}`);
}
