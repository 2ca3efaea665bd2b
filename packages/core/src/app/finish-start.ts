import { ConfigurationError } from '../configuration/configuration-error';
import type { EngineTable } from '../engine/engine';
import { finishRequest } from '../engine/finish-request';
import { makeMemoryRequest } from '../engine/memory/inject';
import { MemorySource } from '../engine/memory/memory-source';
import { Context } from '../http/context';
import { describeFailure } from './app-life';
import type { AppParts } from './app-parts';
import type { CompiledApp } from './compile-app';
import { logNotices } from './log-notices';

/** The applications whose routes have run, or do. */
const RUNNING = new WeakMap<EngineTable, Promise<void>>();

/**
 * Ends the start of an application, when everything with `@OnStart` has started: keeps its state as it is now, runs the
 * steps that run at start-up, once, and logs the notices.
 *
 * @throws ConfigurationError START_FAILED
 */
export async function finishStart(compiled: CompiledApp, parts: AppParts, hasTls: boolean): Promise<void> {
  const { table } = compiled;
  parts.state.freeze();
  if (table.atStart !== undefined && table.atStart.length > 0) {
    const running = RUNNING.get(table) ?? runAtStart(table, table.atStart);
    RUNNING.set(table, running);
    await running;
  }
  logNotices(compiled, parts, hasTls);
}

async function runAtStart(table: EngineTable, routes: NonNullable<EngineTable['atStart']>): Promise<void> {
  for (const { info, run } of routes) {
    const context = new Context(new MemorySource(makeMemoryRequest({ url: info.path }), []), info);
    await run(context);
    await finishRequest(context, table);
    const { error, response } = context;
    if (error === undefined && response.status >= 200 && response.status < 300) continue;
    const cause = error ?? new Error(`The status was ${response.status}.`);
    throw new ConfigurationError([describeFailure(info.name, cause)]);
  }
}
