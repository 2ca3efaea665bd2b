import { gzip, type GzipOptions } from '@sluice/compression';
import { afterwards, type AppOptions, type Middleware } from '@sluice/core';
import { cors } from '@sluice/cors';
import { httpsRedirect, type HttpsRedirectOptions } from '@sluice/https-redirect';
import { session, type SessionOptions } from '@sluice/session';
import { trustedHost, type TrustedHostOptions } from '@sluice/trusted-host';
import { makeErrorHandlers, makeHandle } from './fixture-errors';
import type { WireCase } from './wire-case';

/** What a fixture notes while it runs. */
export interface FixtureNotes {
  readonly trace: string[];
  readonly logged: unknown[];
  isHandlerCalled: boolean;
}

/** What a case's options become: options of the application, and what happens to it afterwards. */
export interface FixtureOptions extends Pick<
  AppOptions,
  'middleware' | 'errorHandlers' | 'development' | 'bodyLimit'
> {
  /** Given to `app.use`, in this order. */
  readonly added?: readonly Middleware[];
  readonly isAddedAfterStart?: boolean;
}

/** The options of all cases together. */
interface Options {
  readonly allowOriginRegex?: string;
  readonly debug?: boolean;
  /** One error handler, described. */
  readonly handler?: string;
  /** Error handlers by class or status. */
  readonly handlers?: Readonly<Record<string, string>>;
  readonly constructorList?: readonly string[];
  readonly addMiddlewareCalls?: readonly string[];
  readonly addAfterStart?: boolean;
  readonly maxBodySize?: number;
}

/** Makes of a case's options what Sluice calls them. Throws where Sluice refuses them. */
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
  session: (options) => ({ middleware: [session(options as SessionOptions)] }),
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

/** An option that nobody takes would be a check that nobody makes. */
function checkEmpty(rest: object): void {
  const names = Object.keys(rest);
  if (names.length > 0) throw new Error(`These options are not read: ${names.join(', ')}.`);
}
