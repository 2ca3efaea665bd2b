import type { FileHandle } from 'node:fs/promises';
import { notFound } from '../status/http-error';

/** A regular file, open for reading. The caller closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly modifiedNs: bigint;
}

/** The error codes of names that do not lead to a file. */
const MISSING = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ENAMETOOLONG',
  'ELOOP',
  'ENXIO',
  'ERR_INVALID_ARG_VALUE',
]);

/**
 * Opens a file. With `root` the name may come from a client, so one that leads out of the root (`..`, an absolute name,
 * a link) or to a dotfile is refused like a missing file.
 *
 * @throws HttpError 404 when the file is missing, refused or not a regular file; the error of the operating system when
 * the root is missing or the file must not be read
 */
export async function openFile(name: string, root: string | undefined): Promise<OpenFile> {
  const { constants, open, realpath } = require('node:fs/promises') as typeof import('node:fs/promises');
  const { join, sep } = require('node:path') as typeof import('node:path');
  const realRoot = root === undefined ? undefined : await realpath(root);
  try {
    const wanted = realRoot === undefined ? name : await realpath(join(realRoot, ...splitName(name)));
    if (realRoot !== undefined && !wanted.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep))
      throw missing();
    // Opening a pipe would otherwise wait for its other end.
    const handle = await open(wanted, constants.O_RDONLY | constants.O_NONBLOCK);
    return await measure(handle);
  } catch (error) {
    throw MISSING.has((error as NodeJS.ErrnoException).code ?? '') ? missing() : error;
  }
}

async function measure(handle: FileHandle): Promise<OpenFile> {
  try {
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile()) throw missing();
    return { handle, size: Number(stat.size), modifiedNs: stat.mtimeNs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function splitName(name: string): string[] {
  // A file has one name: `a.txt/` and `sub//a.txt` would be others.
  const segments = name.split(/[/\\]/);
  // On Windows, a colon follows a drive or begins the name of an alternate stream.
  const isPlain = segments.every((segment) => /^[^.\0:][^\0:]*$/.test(segment));
  if (!isPlain) throw missing();
  return segments;
}

function missing(): Error {
  return notFound('The file does not exist.');
}
