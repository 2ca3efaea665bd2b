import type { Readable } from 'node:stream';
import { parseText } from '../http/body/body-parsers';

/** Where the bytes of a file are: in memory, or in a temporary file of `size` bytes. */
export type FileContent = Uint8Array | { readonly path: string; readonly size: number };

/**
 * A file that came with a form. A temporary file behind it is removed after the reply and its background tasks,
 * unless it was moved. What the client says of it (`filename`, `mediaType`) is a claim, not a fact.
 */
export class UploadedFile {
  /** Bytes. */
  readonly size: number;

  constructor(
    /** The name of the form's field. */
    readonly name: string,
    /** The last part of the name the client gave, without control characters; may be empty. Not safe to be unique. */
    readonly filename: string,
    /** As the client claims, in lower case and without parameters: `image/png`. */
    readonly mediaType: string,
    private content: FileContent,
  ) {
    this.size = content instanceof Uint8Array ? content.byteLength : content.size;
  }

  /** The temporary file; undefined where the file is in memory. */
  get path(): string | undefined {
    return this.content instanceof Uint8Array ? undefined : this.content.path;
  }

  /** All of it. Large files are better streamed. */
  async bytes(): Promise<Uint8Array> {
    return this.content instanceof Uint8Array ? this.content : loadFiles().readFile(this.content.path);
  }

  /** All of it as text. Rejects with HttpError 400 where it is not UTF-8. */
  async text(): Promise<string> {
    return parseText(await this.bytes());
  }

  /** A new stream of all of it, as often as asked. */
  stream(): Readable {
    if (this.content instanceof Uint8Array) return loadStreams().Readable.from([this.content]);
    return (require('node:fs') as typeof import('node:fs')).createReadStream(this.content.path);
  }

  /**
   * Puts the file where it is to stay, readable and writable for the process's user only (0600); a file that is
   * there is replaced. Never take `path` from what a client sent. Rejects with what the file system says.
   */
  async moveTo(path: string): Promise<void> {
    const files = loadFiles();
    const { content, size } = this;
    if (content instanceof Uint8Array) await files.writeFile(path, content, { mode: 0o600 });
    else {
      await files.rename(content.path, path).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error;
        await files.copyFile(content.path, path);
        await files.rm(content.path, { force: true });
      });
    }
    this.content = { path, size };
  }

  /** What a reply may tell of it: no bytes, and no path of the server. */
  toJSON(): Pick<UploadedFile, 'name' | 'filename' | 'mediaType' | 'size'> {
    const { name, filename, mediaType, size } = this;
    return { name, filename, mediaType, size };
  }
}

function loadFiles(): typeof import('node:fs/promises') {
  return require('node:fs/promises') as typeof import('node:fs/promises');
}

function loadStreams(): typeof import('node:stream') {
  return require('node:stream') as typeof import('node:stream');
}
