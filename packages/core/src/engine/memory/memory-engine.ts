import type { CompiledRoute } from '../../http/compiled-route';
import { Context } from '../../http/context';
import { PathTable } from '../../routing/path-table';
import type { RequestSource } from '../../http/request-source';
import type { HttpResponse } from '../../http/response';
import { readChunks } from '../../http/body/stream-body';
import { findAnnouncedLength, isHeadOnly } from '../body-length';
import { ENGINE_HEADERS, type EngineTable } from '../engine';
import { runBackground } from '../run-background';
import { makeMemoryRequest, type InjectRequest } from './inject';
import { InjectedResponse } from './injected-response';
import { InjectedStream } from './injected-stream';
import { MemoryBody } from './memory-body';
import { MemoryClient } from './memory-client';
import { MemorySource } from './memory-source';

/** The engine without a socket, by the same contract as the others. */
export class MemoryEngine {
  private readonly paths = new PathTable<(source: RequestSource) => CompiledRoute | undefined>();

  constructor(private readonly table: EngineTable) {
    for (const route of table.routes) this.paths.add(route.method, route.pattern, () => route);
    for (const { method, pattern, choose } of table.choices ?? []) this.paths.add(method, pattern, choose);
  }

  /** Runs a request and its background tasks. Rejects if a stream breaks off in the middle. */
  async answer(injected: InjectRequest): Promise<InjectedResponse> {
    const { status, lines, body } = await this.open(injected);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return new InjectedResponse(status, lines, Buffer.concat(chunks));
  }

  /** Runs a request until its head is known. Background tasks have run then, or run after the end of a streamed body. */
  async open(injected: InjectRequest): Promise<InjectedStream> {
    const client = new MemoryClient(injected.signal);
    const request = { ...makeMemoryRequest(injected), signal: client.signal };
    const head = new MemorySource(request, []);
    const match = this.paths.pick(request.method, request.path, (choose) => choose(head));
    const { fallback, chooseFallback } = this.table;
    const route = match?.value ?? chooseFallback?.(head) ?? fallback;
    const context = new Context(new MemorySource(request, match?.parameters ?? []), route.info);
    const running = route.run(context);
    if (running !== undefined) await running;
    const { status, body } = context.response;
    const length = findAnnouncedLength(request.method, context.response);
    const lines = listLines(context.response, length);
    const isStream = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
    const finish = async (): Promise<void> => {
      client.finish();
      const tasks = context.takeBackgroundTasks();
      if (tasks !== undefined) await runBackground(tasks, context, this.table.logger);
    };
    if (isStream && !isHeadOnly(request.method, status))
      return new InjectedStream(status, lines, new MemoryBody(readChunks(body), length, client, finish));
    if (isStream) await readChunks(body).return();
    await finish();
    const whole = isStream || isHeadOnly(request.method, status) ? '' : (body ?? '');
    return new InjectedStream(status, lines, readWhole(whole));
  }
}

/** Lists the header lines that the engine on sockets would write. */
function listLines({ headers }: HttpResponse, length: number | undefined): [string, string][] {
  const lines: [string, string][] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!ENGINE_HEADERS.has(lower) || lower === 'connection') lines.push([name, value]);
  }
  if (length !== undefined) lines.push(['Content-Length', String(length)]);
  return lines;
}

async function* readWhole(body: string | Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  if (body.length > 0) yield Buffer.from(body);
  return undefined;
}
