import type { FileHandle } from 'node:fs/promises';
import { notFound } from '../status/http-error';

/** A regular file, open for reading. Whoever has it closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly modifiedNs: bigint;
}

/** What the operating system says of names that lead nowhere. */
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
 * Opens a file. With `root` the name is one that a client may have chosen: what leads out of the root (`..`, an absolute
 * name, a link), hides itself (a dotfile) or is no regular file is 404, like what is not there.
 *
 * @throws HttpError 404; the operating system's own error where the root is missing or the file may not be read
 */
export async function openFile(name: string, root: string | undefined): Promise<OpenFile> {
  const { constants, open, realpath } = require('node:fs/promises') as typeof import('node:fs/promises');
  const { join, sep } = require('node:path') as typeof import('node:path');
  const realRoot = root === undefined ? undefined : await realpath(root);
  try {
    const wanted = realRoot === undefined ? name : await realpath(join(realRoot, ...splitName(name)));
    if (realRoot !== undefined && !wanted.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep))
      throw missing();
    // Not blocking: opening a pipe would wait for its other end.
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
  const segments = name.split(/[/\\]/);
  // A colon is a drive, or a second stream of a file, on Windows.
  const isPlain = segments.every((segment) => !segment.startsWith('.') && !/[\0:]/.test(segment));
  if (!isPlain || segments[0] === '') throw missing();
  return segments;
}

function missing(): Error {
  return notFound('There is no such file.');
}
