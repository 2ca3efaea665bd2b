import { floorToSecond, type FileFacts } from './describe-file';
import type { OpenFile } from './open-file';

/** Two writes within this time may leave the same date, whatever the resolution of the file system's clock. */
const RACY_MS = 2000;

/** Makes the facts of an open file. The path is for the name only. */
export function describeOpened(path: string, { size, modifiedNs }: OpenFile): FileFacts {
  const now = Date.now();
  const modified = Number(modifiedNs / 1_000_000n);
  const isSettled = now - modified > RACY_MS;
  const tag = `"${size.toString(16)}-${modifiedNs.toString(16)}"`;
  return {
    name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    size,
    // Weak while another write could leave the same tag (RFC 9110 §8.8.1).
    etag: () => (isSettled ? tag : `W/${tag}`),
    // Never in the future (RFC 9110 §8.8.2.1).
    lastModified: floorToSecond(Math.min(modified, now)),
    isDateStrong: isSettled,
  };
}
