import { HttpError, noContent, stream, text, type Context } from '@sluice/core';
import { findErrorClass } from './fixture-errors';
import type { Repeated, WireApp } from './wire-case';

export type Handler = (context: Context) => unknown;

/** Makes the handler that a case describes. A `trace` handler adds a line to `trace` when it runs. */
export function makeHandler(app: WireApp, trace: string[]): Handler {
  const maker = MAKERS[app.kind];
  if (maker === undefined) throw new Error(`There is no handler of kind ${JSON.stringify(app.kind)}.`);
  return maker(app, trace);
}

const MAKERS: Readonly<Record<string, (app: WireApp, trace: string[]) => Handler>> = {
  text: (app) => {
    const body = app.body_repeat === undefined ? (app.body ?? '') : repeat(app.body_repeat);
    return () => text(body, makeInit(app));
  },
  stream: (app) => {
    const chunk = repeat(app.chunk_repeat!);
    return () => stream(giveChunks(chunk, app.count!), makeInit(app));
  },
  trace: (_app, trace) => () => {
    trace.push('handler');
    return 'OK';
  },
  raise: (app) => () => {
    throw makeError(app);
  },
  raise_http: ({ status, headers = {} }) => {
    return () => {
      throw new HttpError(status!, { headers });
    };
  },
  respond_then_raise: (app) => (context) => {
    answerFirst(context, app);
    throw makeError(app);
  },
  respond_then_raise_http: (app) => (context) => {
    answerFirst(context, app);
    throw new HttpError(app.http_status!);
  },
  read_body: ({ status }) => {
    return async ({ request }) => text(String((await request.bytes()).byteLength), { status: status! });
  },
  read_body_then_raise:
    (app) =>
    async ({ request }) => {
      await request.bytes();
      throw makeError(app);
    },
  background_task_raises: () => (context) => {
    context.background(() => {
      throw makeError({ kind: 'raise', error: 'RuntimeError' });
    });
    return noContent();
  },
  /** Sluice has no WebSockets, so this raises for the request that opens one. */
  websocket_raise: (app) => () => {
    throw makeError(app);
  },
};

function makeInit({ status, headers, media_type: mediaType }: WireApp) {
  const type = mediaType === undefined ? {} : { 'Content-Type': mediaType };
  return { status: status!, headers: { ...headers, ...type } };
}

function makeError({ error, message }: WireApp): Error {
  return new (findErrorClass(error!))(message);
}

function answerFirst({ response }: Context, { status, body }: WireApp): void {
  response.status = status!;
  response.body = body;
}

function repeat([piece, count]: Repeated): string {
  return piece.repeat(count);
}

async function* giveChunks(chunk: string, count: number): AsyncGenerator<string> {
  for (let index = 0; index < count; index++) yield await Promise.resolve(chunk);
}
