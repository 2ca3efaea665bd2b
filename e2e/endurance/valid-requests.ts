import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { formatHead, type RawResponse } from '../sockets/raw-connection';
import type { Random } from './random';

/** A valid request, and the check of the answer to it. */
export interface ValidRequest {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isHead?: boolean;
  /** Answers whether a response is right. */
  readonly isRight: (response: RawResponse) => boolean;
}

/** Makes a valid request of any kind. */
export function makeValidRequest(random: Random): ValidRequest {
  return random.pick(KINDS)(random);
}

const json = ({ body }: RawResponse): unknown => JSON.parse(body.toString());
const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const hash = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** A request without a body. */
const plain = (name: string, head: string, isRight: (response: RawResponse) => boolean): ValidRequest => ({
  name,
  bytes: Buffer.from(head, 'latin1'),
  isHead: head.startsWith('HEAD'),
  isRight,
});

const withBody = (
  name: string,
  target: string,
  body: Buffer,
  isRight: (response: RawResponse) => boolean,
  ...lines: readonly string[]
): ValidRequest => {
  const head = formatHead('POST', target, `Content-Length: ${body.byteLength}`, ...lines);
  return { name, bytes: Buffer.concat([Buffer.from(head), body]), isRight };
};

/** The body in chunks of any size. */
function chunk(body: Buffer, random: Random): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.byteLength;) {
    const part = body.subarray(at, at + 1 + random.below(20_000));
    parts.push(Buffer.from(`${part.byteLength.toString(16)}\r\n`), part, Buffer.from('\r\n'));
    at += part.byteLength;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

const KINDS: readonly ((random: Random) => ValidRequest)[] = [
  (random) => {
    const id = random.below(1_000_000);
    return plain('item', formatHead('GET', `/items/${id}`), (response) =>
      isEqual(json(response), { id, double: id * 2 }),
    );
  },
  (random) => {
    const [length, path, letter] = [
      random.below(100_000),
      ...random.pick([['text', 'x'] as const, ['later', 'y'] as const]),
    ];
    return plain('text', formatHead('GET', `/${path}/${length}`), ({ body }) =>
      body.equals(Buffer.alloc(length, letter)),
    );
  },
  (random) => {
    const length = 1000 + random.below(100_000);
    return plain(
      'gzip',
      formatHead('GET', `/text/${length}`, 'Accept-Encoding: gzip'),
      ({ body, header }) =>
        header('content-encoding') === 'gzip' && gunzipSync(body).equals(Buffer.alloc(length, 'x')),
    );
  },
  (random) => {
    const count = random.below(100);
    const lines = Array.from({ length: count }, (_, index) => `piece ${index}\n`).join('');
    return plain('stream', formatHead('GET', `/pieces/${count}`), ({ body }) => body.toString() === lines);
  },
  () =>
    plain(
      'session',
      formatHead('GET', '/visits'),
      (response) => isEqual(json(response), { visits: 1 }) && response.header('set-cookie') !== undefined,
    ),
  (random) => {
    const length = random.below(10_000);
    const isRight = ({ status, header }: RawResponse): boolean =>
      status === 200 && header('content-length') === String(length);
    return plain('HEAD', formatHead('HEAD', `/text/${length}`), isRight);
  },
  () => plain('no route', formatHead('GET', '/nothing'), ({ status }) => status === 404),
  () => plain('no method', formatHead('DELETE', '/'), ({ status }) => status === 405),
  () => plain('wrong parameter', formatHead('GET', '/items/abc'), ({ status }) => status === 422),
  (random) => {
    const note = { text: `Zoë ${random.below(1000)}`, stars: random.below(5) };
    const body = Buffer.from(JSON.stringify(note));
    return withBody(
      'JSON',
      '/notes',
      body,
      (response) => isEqual(json(response), note),
      'Content-Type: application/json',
    );
  },
  () =>
    withBody(
      'wrong JSON',
      '/notes',
      Buffer.from('{"text":1}'),
      ({ status }) => status === 422,
      'Content-Type: application/json',
    ),
  (random) => {
    const body = random.bytes(random.below(200_000));
    const expected = { size: body.byteLength, hash: hash(body) };
    return withBody('upload', random.pick(['/hash', '/follow']), body, (response) =>
      isEqual(json(response), expected),
    );
  },
  (random) => {
    const body = random.bytes(random.below(100_000));
    const target = random.pick(['/hash', '/follow']);
    const head = Buffer.from(formatHead('POST', target, 'Transfer-Encoding: chunked'));
    const expected = { size: body.byteLength, hash: hash(body) };
    const bytes = Buffer.concat([head, chunk(body, random)]);
    return { name: 'chunked upload', bytes, isRight: (response) => isEqual(json(response), expected) };
  },
  (random) => {
    const file = random.bytes(random.below(50_000));
    const [boundary, title] = ['endurance-boundary', `title ${random.below(1000)}`];
    const body = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\n${title}\r\n`),
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const expected = { title, size: file.byteLength, hash: hash(file) };
    const type = `Content-Type: multipart/form-data; boundary=${boundary}`;
    return withBody('form', '/form', body, (response) => isEqual(json(response), expected), type);
  },
];
