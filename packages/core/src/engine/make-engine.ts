/** Makes the engines, and loads each when it is needed: a server does not use the one in memory, nor a test the one on sockets. */
import { invalidOption } from '../configuration/check-options';
import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import type { EngineTable, SocketEngine } from './engine';
import { checkListenOptions, findNodeOption, type ListenOptions } from './listen-options';
import { hasReusePort, isPortShared } from './port-sharing';
import type { MemoryEngine } from './memory/memory-engine';
import type { TlsEngine } from './tls/with-renewal';

/** The engines on sockets: µWebSockets, and the HTTP server of Node. */
export type EngineName = 'uws' | 'node';

/** The options of the engines on sockets. */
export interface EngineOptions {
  /** Default `auto`: µWebSockets where a build of it loads, else node:http. */
  readonly engine?: EngineName | 'auto' | undefined;
  readonly hideEngineHeader?: boolean | undefined;
  readonly maxHeaderBytes?: number | undefined;
}

/** An engine on sockets. */
export interface ChosenEngine {
  readonly name: EngineName;
  /** A line for the log: which engine it is, and why. */
  readonly message: string;
  readonly engine: SocketEngine;
  /** The most bytes of the head of a request. */
  readonly headLimit: number;
}

export function makeMemoryEngine(table: EngineTable): MemoryEngine {
  const memory = require('./memory/memory-engine') as typeof import('./memory/memory-engine');
  return new memory.MemoryEngine(table);
}

/** The limit for the head of a request that an application with this option gets, as far as it is known now. */
export function findHeadLimit(maxHeaderBytes: number | undefined): number {
  const head = require('./uws/head-limit') as typeof import('./uws/head-limit');
  return head.findHeadLimit(maxHeaderBytes);
}

/**
 * Makes the engine of the options. `auto` leaves the choice to the environment variable SLUICE_ENGINE, and then to what
 * the machine and the way of listening need.
 *
 * @throws ConfigurationError ENGINE_MISSING, HEADER_LIMIT_CONFLICT, OPTION_INVALID
 */
export function makeSocketEngine(
  table: EngineTable,
  options: EngineOptions,
  listenOptions: ListenOptions,
): ChosenEngine {
  const { engine: wanted = 'auto' } = options;
  const named = wanted === 'auto' ? readVariable() : wanted;
  checkListenOptions(listenOptions);
  const needed = findNeed(listenOptions);
  if (named === 'uws' && needed !== undefined) throw new ConfigurationError([describeNeed(needed)]);
  if (named !== undefined) {
    const reason = wanted === 'auto' ? `${VARIABLE} names it` : 'the application asks for it';
    return make(named, reason, table, options, listenOptions);
  }
  if (needed !== undefined)
    return make('node', `µWebSockets does not support ${needed}`, table, options, listenOptions);
  try {
    return make('uws', 'a build of it loads on this machine', table, options, listenOptions);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const missing = error.problems.find(({ code }) => code === 'ENGINE_MISSING');
    if (missing === undefined) throw error;
    const chosen = make(
      'node',
      'no build of µWebSockets loads on this machine',
      table,
      options,
      listenOptions,
    );
    const { findLikelyCure } = require('./describe-missing') as typeof import('./describe-missing');
    return { ...chosen, message: `${chosen.message} ${findLikelyCure()}`.trimEnd() };
  }
}

const VARIABLE = 'SLUICE_ENGINE';

function readVariable(): EngineName | undefined {
  const named = process.env[VARIABLE];
  if (named === undefined || named === '' || named === 'auto') return undefined;
  if (named === 'uws' || named === 'node') return named;
  throw new ConfigurationError([
    invalidOption('the environment', VARIABLE, "must be 'auto', 'uws' or 'node'"),
  ]);
}

/** Finds what only the engine on node:http supports. */
function findNeed(listenOptions: ListenOptions): string | undefined {
  const option = findNodeOption(listenOptions);
  if (option !== undefined) return `the option ${option}`;
  return isPortShared(listenOptions) && !hasReusePort('uws') ? 'workers on this system' : undefined;
}

function describeNeed(need: string): ConfigurationProblem {
  return {
    code: 'OPTION_INVALID',
    place: 'app.listen()',
    fault: `µWebSockets, which the application or ${VARIABLE} asks for, does not support ${need}.`,
    cure: `Do without ${need}, or choose the engine 'auto' or 'node'.`,
  };
}

function make(
  name: EngineName,
  reason: string,
  table: EngineTable,
  { maxHeaderBytes, hideEngineHeader = false }: EngineOptions,
  listen: ListenOptions,
): ChosenEngine {
  const tls = listen.tls && requireTls().readTls(listen.tls);
  const renew = (engine: TlsEngine): SocketEngine =>
    tls === undefined ? engine : requireRenewal().withRenewal(engine, tls, table.logger);
  const message = `The engine is ${name === 'node' ? 'node:http' : 'µWebSockets'}, because ${reason}.`;
  if (name === 'node') {
    const { NodeEngine } = require('./node/node-engine') as typeof import('./node/node-engine');
    const engine = new NodeEngine(table, { maxHeaderBytes, listen, tls });
    return { name, message, engine: renew(engine), headLimit: engine.headLimit };
  }
  const { UwsEngine } = require('./uws/uws-engine') as typeof import('./uws/uws-engine');
  const engine = new UwsEngine(table, { hideEngineHeader, maxHeaderBytes, tls });
  return { name, message, engine: renew(engine), headLimit: findHeadLimit(maxHeaderBytes) };
}

function requireTls(): typeof import('./tls/read-tls') {
  return require('./tls/read-tls') as typeof import('./tls/read-tls');
}

function requireRenewal(): typeof import('./tls/with-renewal') {
  return require('./tls/with-renewal') as typeof import('./tls/with-renewal');
}
