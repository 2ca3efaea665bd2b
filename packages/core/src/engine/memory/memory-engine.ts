import type { CompiledRoute } from '../../http/compiled-route';
import { Context } from '../../http/context';
import { PathTable } from '../../routing/path-table';
import type { RequestSource } from '../../http/request-source';
import type { HttpResponse } from '../../http/response';
import { invalidHost, type HttpError } from '../../http/status/http-error';
import { REFUSAL } from '../../http/engine-keys';
import { findAnnouncedLength, isHeadOnly } from '../../http/body/body-length';
import { OpenedStream } from '../../http/body/opened-stream';
import { ENGINE_HEADERS } from '../../http/headers/engine-headers';
import type { EngineTable } from '../engine';
import { findHostFault } from '../find-host-fault';
import { failRequest, finishRequest } from '../finish-request';
import { makeMemoryRequest, type InjectRequest } from './inject';
import { InjectedResponse } from './injected-response';
import { InjectedStream } from './injected-stream';
import { MemoryBody } from './memory-body';
import { MemoryClient } from './memory-client';
import { MemorySource, type MemoryRequest } from './memory-source';

/** The engine without a socket, by the same contract as the others. */
export class MemoryEngine {
  /** The streamed bodies that have not ended. */
  private readonly bodies = new Set<MemoryBody>();
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
    const refusal = findRefusal(request);
    const matched = refusal === undefined ? match?.value : undefined;
    const route = matched ?? chooseFallback?.(head) ?? fallback;
    const context = new Context(new MemorySource(request, match?.parameters ?? []), route.info);
    if (refusal !== undefined) context.set(REFUSAL, refusal);
    const running = route.run(context);
    if (running !== undefined) await running;
    const { status, body } = context.response;
    const length = findAnnouncedLength(request.method, context.response);
    const lines = listLines(context.response, length);
    const isHead = isHeadOnly(request.method, status);
    const finish = async (): Promise<void> => {
      client.finish();
      await finishRequest(context, this.table);
    };
    if (body instanceof OpenedStream && !isHead) {
      const fail = (error: unknown): void => failRequest(context, error, this.table);
      const owner = { open: this.bodies, fail, finish };
      return new InjectedStream(status, lines, new MemoryBody(body, length, client, owner));
    }
    await finish();
    const whole = typeof body === 'string' || body instanceof Uint8Array ? body : '';
    return new InjectedStream(status, lines, readWhole(isHead ? '' : whole));
  }

  /** The application closes. Streamed bodies without a reader at this moment would keep it open. */
  close(): void {
    for (const body of this.bodies) if (!body.isBeingRead) void body.return();
  }
}

/** A request must have one Host (RFC 9112 §3.2); sockets never see the others, because µWebSockets refuses them itself. */
function findRefusal({ headers }: MemoryRequest): HttpError | undefined {
  const hosts = headers.filter(([name]) => name === 'host');
  return hosts.length === 1 ? findHostFault(hosts[0]![1]) : invalidHost();
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
