/** The limits of a form: they bound the memory, disk space and time that a client can make the server spend. */
export interface FormLimits {
  /** Parts of a multipart form, fields and files together. Default 200. */
  readonly parts: number;
  /** Fields. Default 100. */
  readonly fields: number;
  /** Files. Default 20. */
  readonly files: number;
  /** Bytes of one file, unless its `@File` sets another limit. Default 1 MiB (1048576). */
  readonly fileBytes: number;
  /** Bytes of one field's value. Default 64 KiB (65536). */
  readonly fieldBytes: number;
  /** Bytes of one field's or file's name. Default 100. */
  readonly nameBytes: number;
  /** Bytes of the header lines of one part. Default 4 KiB (4096). */
  readonly headerBytes: number;
  /** A file of more bytes than this goes to a temporary file instead of memory. Default 64 KiB (65536). */
  readonly spoolAbove: number;
  /** Milliseconds without a byte, after which the request is answered with 408. Default 8000. */
  readonly stallTimeout: number;
}

/** The limits of a route that sets none. */
export const DEFAULT_FORM_LIMITS: FormLimits = Object.freeze({
  parts: 200,
  fields: 100,
  files: 20,
  fileBytes: 1_048_576,
  fieldBytes: 65_536,
  nameBytes: 100,
  headerBytes: 4096,
  spoolAbove: 65_536,
  // The engine cuts a connection that is idle for 10 s. Before that, the client can still get a 408.
  stallTimeout: 8000,
});
