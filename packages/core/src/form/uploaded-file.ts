import type { Readable } from 'node:stream';
import { refuseCharset } from '../http/body/body-refusals';
import { findTextDecoder } from '../http/body/text-decoder';

/** The bytes of a file, in memory or in a temporary file of `size` bytes. */
export type FileContent = Uint8Array | { readonly path: string; readonly size: number };

/**
 * A file of a form. Its temporary file, if it has one, is removed after the reply and its background tasks, unless it
 * was moved. `filename` and `mediaType` are the client's claims: do not trust them.
 */
export class UploadedFile {
  /** Bytes. */
  readonly size: number;

  constructor(
    /** The name of the form's field. */
    readonly name: string,
    /** The client's name of the file, without folders and control characters; may be empty, and is not unique. */
    readonly filename: string,
    /** The client's media type, in lower case and without parameters: `image/png`. */
    readonly mediaType: string,
    private content: FileContent,
    /** The Content-Type of the part, for its charset. */
    private readonly contentType = '',
  ) {
    this.size = content instanceof Uint8Array ? content.byteLength : content.size;
  }

  /** The path of the temporary file; undefined if the file is in memory. */
  get path(): string | undefined {
    return this.content instanceof Uint8Array ? undefined : this.content.path;
  }

  /** Reads the whole file into memory. Prefer `stream` for large files. */
  async bytes(): Promise<Uint8Array> {
    return this.content instanceof Uint8Array ? this.content : loadFiles().readFile(this.content.path);
  }

  /**
   * Reads the whole file as text: in the charset that its part names, else in UTF-8. Rejects with HttpError 400 if it is
   * not valid, 415 if the charset is unknown.
   */
  async text(): Promise<string> {
    const decode = findTextDecoder(this.contentType);
    if (decode === undefined) throw refuseCharset('The file has an unsupported charset.');
    return decode(await this.bytes());
  }

  /** Returns a new stream of the whole file, at every call. */
  stream(): Readable {
    if (this.content instanceof Uint8Array) return loadStreams().Readable.from([this.content]);
    return (require('node:fs') as typeof import('node:fs')).createReadStream(this.content.path);
  }

  /**
   * Moves the file to its final place, readable and writable for the process's user only (0600). Replaces a file that
   * exists. Never build `path` from a value that a client sent. Rejects with the error of the file system.
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

  /** The properties that a reply may show: not the bytes, and not a path on the server. */
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
