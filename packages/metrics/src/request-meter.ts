import { performance } from 'node:perf_hooks';
import type { Context, HttpResponse, ResponseEnd, RouteInfo } from '@sluice/core';
import { findAnnouncedLength } from '@sluice/core/kit';
import { observe, OVERFLOW, type Family } from './family';
import { formatLabel } from './format-text';
import { readLength, type RequestFamilies } from './request-families';

/** The methods that have series of their own. Every other one is `_OTHER`. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', '_OTHER'];
const CODES: ReadonlyMap<string, number> = new Map(METHODS.map((method, code) => [method, code]));
const OTHER = METHODS.length - 1;
const SCHEMES = ['http', 'https'];
/** A method and a scheme as one number. */
const KINDS = METHODS.length * SCHEMES.length;
const ENDS: readonly ResponseEnd[] = ['sent', 'aborted', 'broken'];
/** Far more than a route has. One that answers with statuses of its clients' choice could have thousands. */
const MOST_SERIES = 200;

/** The numbers of one label set. */
interface Slot {
  readonly seconds: Float64Array;
  readonly requestBytes: Float64Array | undefined;
  readonly responseBytes: Float64Array | undefined;
}

/** Counts the requests of one route. Nothing of them but a known method, a scheme and a status gets into a label. */
export class RequestMeter {
  private readonly route: string;
  private readonly usualMethod: string;
  private readonly usualCode: number;
  private readonly slots = new Map<number, Slot>();
  private readonly active: (Float64Array | undefined)[] = [];
  /** Most requests of a route end like the one before. */
  private lastKey = -1;
  private last: Slot;

  /** @param info the route; undefined, or the fallback, for requests that no route matches */
  constructor(
    private readonly families: RequestFamilies,
    info?: RouteInfo,
  ) {
    const isRoute = info !== undefined && info.kind === 'route';
    this.route = isRoute ? formatLabel('http_route', `${info.basePath ?? ''}${info.path}`) : '';
    this.usualMethod = info?.method ?? 'GET';
    this.usualCode = CODES.get(this.usualMethod) ?? OTHER;
    this.last = { seconds: EMPTY, requestBytes: undefined, responseBytes: undefined };
  }

  /** Counts the request when its response has ended. */
  watch(context: Context): void {
    const startedAt = performance.now();
    const { request } = context;
    const { method } = request;
    const code = method === this.usualMethod ? this.usualCode : (CODES.get(method) ?? OTHER);
    const kind = request.peekProtocol() === 'https' ? code + METHODS.length : code;
    if (this.families.hasMore) return this.watchMore(context, kind, startedAt);
    context.onResponseEnd((end) => {
      const { seconds } = this.find(kind, findSentStatus(context.response, end), end);
      observe(seconds, this.families.seconds.bounds, (performance.now() - startedAt) / 1000);
    });
  }

  /** The same with the metrics that have to be asked for. */
  private watchMore(context: Context, kind: number, startedAt: number): void {
    const { seconds, requestBytes, responseBytes } = this.families;
    const length = requestBytes && readLength(context.request);
    const { method } = context.request;
    const active = this.families.active && this.openActive(kind, this.families.active);
    if (active !== undefined) active[0]! += 1;
    context.onResponseEnd((end) => {
      const duration = (performance.now() - startedAt) / 1000;
      if (active !== undefined) active[0]! -= 1;
      const { response } = context;
      const slot = this.find(kind, findSentStatus(response, end), end);
      observe(slot.seconds, seconds.bounds, duration);
      if (length !== undefined) observe(slot.requestBytes!, requestBytes!.bounds, length);
      if (responseBytes === undefined || end !== 'sent') return;
      // Some of those without a body announce no length.
      const isEmpty = method === 'HEAD' || response.body === undefined;
      const sent = isEmpty ? 0 : findAnnouncedLength(method, response);
      if (sent !== undefined) observe(slot.responseBytes!, responseBytes.bounds, sent);
    });
  }

  private find(kind: number, status: number, end: ResponseEnd): Slot {
    const way = end === 'sent' ? 0 : ENDS.indexOf(end);
    const key = (status * ENDS.length + way) * KINDS + kind;
    return key === this.lastKey ? this.last : this.findOther(key, kind, status, end);
  }

  private findOther(key: number, kind: number, status: number, end: ResponseEnd): Slot {
    let slot = this.slots.get(key);
    if (slot === undefined) {
      const isFull = this.slots.size >= MOST_SERIES;
      slot = this.openSlot(isFull ? join(this.route, OVERFLOW) : this.formatLabels(kind, status, end));
      // All others share one slot, which is not worth a place here either.
      if (!isFull) this.slots.set(key, slot);
    }
    this.lastKey = key;
    return (this.last = slot);
  }

  private openSlot(labels: string): Slot {
    const { seconds, requestBytes, responseBytes } = this.families;
    return {
      seconds: seconds.open(labels),
      requestBytes: requestBytes?.open(labels),
      responseBytes: responseBytes?.open(labels),
    };
  }

  private openActive(kind: number, family: Family): Float64Array {
    return (this.active[kind] ??= family.open(join(formatMethod(kind), formatScheme(kind))));
  }

  private formatLabels(kind: number, status: number, end: ResponseEnd): string {
    return join(
      formatMethod(kind),
      this.route,
      status === 0 ? '' : formatLabel('http_response_status_code', String(status)),
      formatScheme(kind),
      formatError(status, end),
    );
  }
}

/** The status as it was sent; 0 where the client left before. A handler that fails because of that is not counted as a 500. */
function findSentStatus({ status, body }: HttpResponse, end: ResponseEnd): number {
  // The head of a stream was sent, whenever the client left.
  const isStreamed = typeof body === 'object' && !(body instanceof Uint8Array);
  return end === 'aborted' && !isStreamed ? 0 : status;
}

const EMPTY = new Float64Array();

function formatMethod(kind: number): string {
  return formatLabel('http_request_method', METHODS[kind % METHODS.length]!);
}

function formatScheme(kind: number): string {
  return formatLabel('url_scheme', SCHEMES[Math.floor(kind / METHODS.length)]!);
}

function formatError(status: number, end: ResponseEnd): string {
  if (end !== 'sent') return formatLabel('error_type', end);
  return status < 500 ? '' : formatLabel('error_type', String(status));
}

function join(...labels: readonly string[]): string {
  return labels.filter((label) => label !== '').join(',');
}
