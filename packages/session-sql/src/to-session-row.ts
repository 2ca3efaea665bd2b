import type { SessionRow } from './session-statements';

/**
 * Reads a row as clients give it, whose whole numbers may be texts or bigints.
 *
 * @throws TypeError for something that is not a row: it must not be taken for a session that does not exist
 */
export function toSessionRow(row: unknown): SessionRow | undefined {
  if (row === undefined) return undefined;
  const { version, data } = row as { readonly version?: unknown; readonly data?: unknown };
  if (typeof data !== 'string' || !Number.isSafeInteger(Number(version)))
    throw new TypeError('The database answered with something other than a session.');
  return { version: Number(version), data };
}
