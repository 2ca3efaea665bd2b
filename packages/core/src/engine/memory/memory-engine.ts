import { Context } from '../../http/context';
import { PathTable } from '../../http/path-table';
import { readChunks, type StreamSource } from '../../http/stream-body';
import { findAnnouncedLength, isHeadOnly } from '../body-length';
import { encodeChunk } from '../encode-chunk';
import { ENGINE_HEADERS, type EngineRoute, type EngineTable } from '../engine';
import { runBackground } from '../run-background';
import { makeMemoryRequest, type InjectRequest } from './inject';
import { InjectedResponse } from './injected-response';
import { MemorySource } from './memory-source';

/** The engine without a socket: answers one request at a time to whoever asks, by the same contract. */
export class MemoryEngine {
  private readonly paths = new PathTable<EngineRoute>();

  constructor(private readonly table: EngineTable) {
    for (const route of table.routes) this.paths.add(route.method, route.pattern, route);
  }

  /** Runs a request and its background tasks; rejects when a stream breaks off in the middle. */
  async answer(injected: InjectRequest): Promise<InjectedResponse> {
    const request = makeMemoryRequest(injected);
    const match = this.paths.find(request.method, request.path);
    const route = match?.value ?? this.table.fallback;
    const context = new Context(new MemorySource(request, match?.parameters ?? []), route.info);
    const running = route.run(context);
    if (running !== undefined) await running;
    const answered = await collectResponse(context);
    const tasks = context.takeBackgroundTasks();
    if (tasks !== undefined) await runBackground(tasks, route.info.name, this.table.logger);
    return answered;
  }
}

/** What the engine on sockets would have written. */
async function collectResponse({ request, response }: Context): Promise<InjectedResponse> {
  const { status, headers, body } = response;
  const lines: [string, string][] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!ENGINE_HEADERS.has(lower) || lower === 'connection') lines.push([name, value]);
  }
  const isStream = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  const length = findAnnouncedLength(request.method, response);
  if (length !== undefined) lines.push(['Content-Length', String(length)]);
  if (isHeadOnly(request.method, status)) {
    if (isStream) await readChunks(body).return();
    return new InjectedResponse(status, lines, Buffer.alloc(0));
  }
  const bytes = isStream
    ? await collectStream(body, length)
    : Buffer.from((body as string | Uint8Array | undefined) ?? '');
  return new InjectedResponse(status, lines, bytes);
}

/** All of a stream; rejects where the engine on sockets cuts the connection. */
async function collectStream(source: StreamSource, length: number | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(source)) chunks.push(encodeChunk(chunk));
  const whole = Buffer.concat(chunks);
  if (length !== undefined && length !== whole.byteLength)
    throw new RangeError(`The stream has ${whole.byteLength} bytes; its Content-Length announced ${length}.`);
  return whole;
}
