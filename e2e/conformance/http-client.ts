import { request, type IncomingMessage } from 'node:http';

/** A request as it must be on the wire. */
export interface ClientRequest {
  readonly port: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Includes Host: only the headers that frame the message are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A response as it is on the wire: not decoded, and redirects are not followed. */
export interface Answer {
  readonly status: number;
  /** Names in lower case, the lines of one name joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: Buffer;
}

/** Sends a request over a new connection. */
export function send({ port, method, path, headers, body }: ClientRequest): Promise<Answer> {
  const lines = Object.entries(headers).flat();
  if (body !== undefined) lines.push('Content-Length', String(Buffer.byteLength(body)));
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers: lines, setHost: false, agent: false };
    const read = (incoming: IncomingMessage): void => void readAnswer(incoming).then(resolve, reject);
    const outgoing = request(options, read);
    outgoing.on('error', reject);
    outgoing.on('upgrade', (incoming, socket) => {
      socket.destroy();
      read(incoming);
    });
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  if (incoming.statusCode !== 101) for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const lines = Object.entries(incoming.headersDistinct);
  return {
    status: incoming.statusCode!,
    headers: Object.fromEntries(lines.map(([name, values = []]) => [name, values.join(', ')])),
    setCookies: incoming.headersDistinct['set-cookie'] ?? [],
    body: Buffer.concat(chunks),
  };
}
