import type { Context } from '../context';
import { describeFile, findFileFault, type FileOptions } from './describe-file';
import { describeOpened } from './describe-opened';
import { FileChunks } from './file-chunks';
import { answerWithFile } from './answer-with-file';
import { LateReply } from '../reply/late-reply';
import { openFile } from './open-file';
import type { Reply } from '../reply/replies';

/**
 * A file, or bytes as a file: with its media type and length, ETag and Last-Modified, conditional requests and single
 * ranges (RFC 9110 §13, §14). A request for several ranges receives the whole. Give `root` for a path that comes from a
 * client. A path that is missing or not a regular file is answered with 404.
 *
 * @throws TypeError when `etag` or `maxAge` is invalid
 * @example return file(name, { root: 'reports', filename: 'report.pdf' });
 */
export function file(source: string | Uint8Array, options: FileOptions = {}): Reply {
  const fault = findFileFault(options);
  if (fault !== undefined) throw new TypeError(fault);
  return typeof source === 'string' ? new FileReply(source, options) : new BytesReply(source, options);
}

class FileReply extends LateReply {
  constructor(
    private readonly path: string,
    private readonly options: FileOptions,
  ) {
    super();
  }

  override async make(context: Context): Promise<Reply> {
    const opened = await openFile(this.path, this.options.root);
    let chunks: FileChunks | undefined;
    try {
      const head = describeFile(describeOpened(this.path, opened), this.options);
      return answerWithFile(context, head, (range) => (chunks = new FileChunks(opened.handle, range)));
    } finally {
      // 304, 412 and 416 do not read the file.
      if (chunks === undefined) await opened.handle.close();
    }
  }
}

class BytesReply extends LateReply {
  constructor(
    private readonly content: Uint8Array,
    private readonly options: FileOptions,
  ) {
    super();
  }

  override make(context: Context): Reply {
    const head = describeFile(
      {
        name: '',
        size: this.content.byteLength,
        etag: () => hash(this.content),
        lastModified: undefined,
        isDateStrong: false,
      },
      this.options,
    );
    return answerWithFile(context, head, ({ start, end }) => this.content.subarray(start, end + 1));
  }
}

function hash(content: Uint8Array): string {
  const { createHash } = require('node:crypto') as typeof import('node:crypto');
  return `"${createHash('sha256').update(content).digest('base64url')}"`;
}
