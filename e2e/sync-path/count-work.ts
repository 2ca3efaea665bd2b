import { createHook } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import { createApp, type AppOptions, type HttpMethod } from '@sluice/core';
import type { EngineTable } from '../../packages/core/src/engine/engine';
import { Responder } from '../../packages/core/src/engine/uws/responder';
import { countErrors } from './count-errors';

/** The work of the engine and of JavaScript for one request. */
export interface Work {
  /** How often each method of the native objects was called. */
  readonly calls: Readonly<Record<string, number>>;
  readonly promises: number;
  readonly errors: number;
  /** The errors whose stack was captured. */
  readonly traced: number;
  /** Calls of JSON.stringify. */
  readonly texts: number;
  /** The body of the response. */
  readonly answer: unknown;
}

export interface CountedRequest {
  readonly method?: HttpMethod;
  /** The path of the route in the plan; the fallback answers a path that no route has. */
  readonly route: string;
  readonly query?: string;
  readonly parameters?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The bytes of the other end's address. */
  readonly address?: readonly number[];
  /** Arrives in one chunk, after the route's callback has returned. */
  readonly body?: string;
}

const RESPONSE_METHODS = ['writeStatus', 'writeHeader', 'endWithoutBody', 'onAborted', 'cork', 'close'];

/** Answers a request twice with fakes of the native objects that count calls, and returns the counts of the second time. */
export async function countWork(options: AppOptions, request: CountedRequest): Promise<Work> {
  const { method = 'GET', body } = request;
  const app = await createApp({ development: false, ...options });
  const { compilation } = app as unknown as { compilation: { read(): { table: EngineTable } } };
  const { table } = compilation.read();
  const route = table.routes.find((one) => one.method === method && one.info.path === request.route);
  const responder = new Responder(table, false);
  const calls: Record<string, number> = {};
  const note = (name: string): void => void (calls[name] = (calls[name] ?? 0) + 1);
  const req = makeRequest(request, note);
  let receive: ((chunk: ArrayBuffer, isLast: boolean) => void) | undefined;
  let answer: unknown;
  const res: object = {
    ...Object.fromEntries(RESPONSE_METHODS.map((name) => [name, () => (note(name), res)])),
    getRemoteAddress: () => (note('getRemoteAddress'), Uint8Array.from(request.address ?? []).buffer),
    cork: (write: () => void) => (note('cork'), write(), res),
    onData: (listener: typeof receive) => (note('onData'), (receive = listener), res),
    end: (text: unknown) => (note('end'), (answer = text), res),
    // One of sixteen short answers asks whether the socket has taken the earlier ones.
    tryEnd: (bytes: Uint8Array) => (note('end'), (answer = bytes.toString()), [true, true]),
  };
  const run = (): void => {
    responder.answer(route ?? table.fallback, route && method, res as HttpResponse, req as HttpRequest);
    if (body !== undefined) receive?.(new TextEncoder().encode(body).buffer, true);
  };
  run();
  await setImmediate();
  for (const name of Object.keys(calls)) delete calls[name];
  let promises = 0;
  const hook = createHook({ init: (_, type) => void (type === 'PROMISE' && promises++) }).enable();
  const stringify = jest.spyOn(JSON, 'stringify');
  const { errors, traced } = countErrors(run);
  const texts = stringify.mock.calls.length;
  stringify.mockRestore();
  hook.disable();
  await setImmediate();
  return { calls, promises, errors, traced, texts, answer };
}

function makeRequest(
  { method = 'GET', route, query = '', parameters = [], headers = {} }: CountedRequest,
  note: (name: string) => void,
): unknown {
  return {
    getHeader: (name: string | ArrayBuffer) => (
      note('getHeader'),
      headers[typeof name === 'string' ? name : Buffer.from(name).toString()] ?? ''
    ),
    forEach(visit: (name: string, value: string) => void) {
      note('forEach');
      for (const [name, value] of Object.entries(headers)) visit(name, value);
    },
    getCaseSensitiveMethod: () => (note('getMethod'), method),
    getUrl: () => (note('getUrl'), route),
    getQuery: () => (note('getQuery'), query),
    getParameter: (index: number) => (note('getParameter'), parameters[index]),
  };
}
