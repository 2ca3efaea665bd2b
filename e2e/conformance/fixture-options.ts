import { gzip, type GzipOptions } from '@sluice/compression';
import { afterwards, type AppOptions, type Middleware } from '@sluice/core';
import { cors } from '@sluice/cors';
import { httpsRedirect, type HttpsRedirectOptions } from '@sluice/https-redirect';
import { session, type SessionOptions } from '@sluice/session';
import { trustedHost, type TrustedHostOptions } from '@sluice/trusted-host';
import { makeErrorHandlers, makeHandle } from './fixture-errors';
import type { WireCase } from './wire-case';

/** The notes of a fixture while it runs. */
export interface FixtureNotes {
  readonly trace: string[];
  readonly logged: unknown[];
  isHandlerCalled: boolean;
}

/** The options of a case, as options of the application and middleware that is added later. */
export interface FixtureOptions extends Pick<
  AppOptions,
  'middleware' | 'errorHandlers' | 'development' | 'bodyLimit'
> {
  /** Passed to `app.use`, in this order. */
  readonly added?: readonly Middleware[];
  readonly isAddedAfterStart?: boolean;
}

/** The union of the options of all cases. */
interface Options {
  readonly allowOriginRegex?: string;
  readonly debug?: boolean;
  /** The description of one error handler. */
  readonly handler?: string;
  /** Error handlers by class or status. */
  readonly handlers?: Readonly<Record<string, string>>;
  readonly constructorList?: readonly string[];
  readonly addMiddlewareCalls?: readonly string[];
  readonly addAfterStart?: boolean;
  readonly maxBodySize?: number;
}

/** Translates the options of a case for Sluice. Throws if Sluice refuses them. */
export function makeFixtureOptions(
  { id, middleware, options }: WireCase,
  notes: FixtureNotes,
): FixtureOptions {
  const maker = MAKERS[middleware];
  if (maker === undefined) throw new Error(`${id}: there is no middleware ${JSON.stringify(middleware)}.`);
  return maker(options, notes);
}

const MAKERS: Readonly<Record<string, (options: Options, notes: FixtureNotes) => FixtureOptions>> = {
  cors: ({ allowOriginRegex, ...options }) => {
    const pattern = allowOriginRegex !== undefined && { allowOrigins: [new RegExp(allowOriginRegex)] };
    return { middleware: [cors({ ...options, ...pattern })] };
  },
  gzip: (options) => ({ middleware: [gzip(options as GzipOptions)] }),
  // A proxy removes the path of the cookie, if there is one: the routes of the cases are not below it.
  session: (options) => {
    const { path: basePath = '/' } = options as SessionOptions;
    const middleware = [session(options as SessionOptions)];
    return basePath === '/' ? { middleware } : { middleware, basePath };
  },
  trustedHost: (options) => ({ middleware: [trustedHost(options as TrustedHostOptions)] }),
  httpsRedirect: (options) => ({ middleware: [httpsRedirect(options as HttpsRedirectOptions)] }),
  serverError: ({ debug, handler, ...rest }, notes) => {
    checkEmpty(rest);
    if (handler === undefined) return { development: debug ?? false };
    const handle = handler === 'records that it ran' ? () => noteCall(notes) : makeHandle(handler);
    return { errorHandlers: [{ error: Error, handle }] };
  },
  exception: ({ handlers, ...rest }) => {
    checkEmpty(rest);
    return { errorHandlers: makeErrorHandlers(handlers ?? {}) };
  },
  stack: ({ constructorList, addMiddlewareCalls, addAfterStart, ...rest }, { trace }) => {
    checkEmpty(rest);
    const makeAll = (names: readonly string[] = []) => names.map((name) => makeTracer(name, trace));
    return {
      middleware: makeAll(constructorList),
      added: makeAll(addAfterStart === true ? ['late'] : addMiddlewareCalls),
      isAddedAfterStart: addAfterStart ?? false,
    };
  },
  bodyLimit: ({ maxBodySize, ...rest }) => {
    checkEmpty(rest);
    return { bodyLimit: maxBodySize! };
  },
};

function makeTracer(name: string, trace: string[]): Middleware {
  return {
    name,
    handle(_context, next) {
      trace.push(`${name} in`);
      return afterwards(next(), () => void trace.push(`${name} out`));
    },
  };
}

function noteCall(notes: FixtureNotes): undefined {
  notes.isHandlerCalled = true;
}

/** An option that is not read would be a check that is not made. */
function checkEmpty(rest: object): void {
  const names = Object.keys(rest);
  if (names.length > 0) throw new Error(`These options are not read: ${names.join(', ')}.`);
}
