/** Makes the engines, and loads each when it is needed: a server does not use the one in memory, nor a test the one on sockets. */
import type { EngineTable } from './engine';
import type { MemoryEngine } from './memory/memory-engine';
import type { UwsEngine, UwsOptions } from './uws/uws-engine';

export function makeMemoryEngine(table: EngineTable): MemoryEngine {
  const memory = require('./memory/memory-engine') as typeof import('./memory/memory-engine');
  return new memory.MemoryEngine(table);
}

/** The limit for the head of a request that an application with this option gets. */
export function findHeadLimit(maxHeaderBytes: number | undefined): number {
  const head = require('./uws/head-limit') as typeof import('./uws/head-limit');
  return head.findHeadLimit(maxHeaderBytes);
}

/** @throws ConfigurationError ENGINE_MISSING, HEADER_LIMIT_CONFLICT, OPTION_INVALID */
export function makeUwsEngine(table: EngineTable, options: UwsOptions): UwsEngine {
  const uws = require('./uws/uws-engine') as typeof import('./uws/uws-engine');
  return new uws.UwsEngine(table, options);
}
