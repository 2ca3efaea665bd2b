const BOUNDARY = 'a-boundary';

/** One part, as a client writes it. */
export interface WrittenPart {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content?: string | Uint8Array;
  /** In place of the lines that the other values make. */
  readonly head?: string;
}

/** A multipart body, byte for byte. */
export function makeMultipart(parts: readonly WrittenPart[], end = `--${BOUNDARY}--\r\n`): Buffer {
  const written = parts.flatMap((part) => [
    Buffer.from(`--${BOUNDARY}\r\n${part.head ?? makeHead(part)}\r\n\r\n`),
    Buffer.from(part.content ?? ''),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...written, Buffer.from(end)]);
}

function makeHead({ name, filename, type }: WrittenPart): string {
  const file = filename === undefined ? '' : `; filename="${filename}"`;
  const line = `Content-Disposition: form-data; name="${name}"${file}`;
  return type === undefined ? line : `${line}\r\nContent-Type: ${type}`;
}

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** A request with that body. */
export function postForm(url: string, parts: readonly WrittenPart[], end?: string) {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': MULTIPART_TYPE },
    body: makeMultipart(parts, end),
  };
}
