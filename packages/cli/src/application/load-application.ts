import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { App, Plan } from '@sluice/core';
import { observeApps } from '@sluice/core/kit';
import { CliError } from '../cli-error';
import { divertStandardOutput } from '../console-output';
import { EXIT } from '../exit-codes';
import { registerTypescript } from '../typescript/register-typescript';
import { findFormat } from '../typescript/module-format';
import { chooseExport, isApp, listPromises } from './choose-export';

/** An application of the user, which does not listen, with the core that it uses. */
export interface LoadedApplication {
  readonly plan: Plan;
  readonly core: typeof import('@sluice/core');
}

/** How long a module may take to make its application. */
const LOAD_TIMEOUT_SECONDS = 30;
const PROGRESS_AFTER_MS = 1000;

/**
 * Loads the application of a module: one that it exports, or makes in a function that it exports, or the first one that a
 * promise of it gives, or that it would let listen. Nothing listens, and nothing with `@OnStart` runs. This process is
 * spent afterwards: what the module has opened stays open.
 *
 * @throws CliError, and what the module throws: ConfigurationError
 */
export async function loadApplication(
  folder: string,
  file: string,
  exportName: string | undefined,
): Promise<LoadedApplication> {
  if (/\.[mc]?ts$/.test(file)) registerTypescript(folder);
  const shown = path.relative(folder, file);
  const endDiversion = divertStandardOutput();
  const progress = setTimeout(() => showProgress(`Loading ${shown} ...`), PROGRESS_AFTER_MS);
  const guard = guardProcess(shown);
  try {
    const { plan } = await Promise.race([makeApp(shown, file, exportName), guard.failure]);
    return { plan, core: loadCore(file) };
  } finally {
    guard.end();
    clearTimeout(progress);
    endDiversion();
  }
}

/** Reports errors that no code of the module catches, as in a `main()` that nothing waits for, and an end of this process. */
function guardProcess(shown: string): { readonly failure: Promise<never>; end(): void } {
  let fail: (error: unknown) => void;
  const failure = new Promise<never>((_, reject) => (fail = reject));
  const listenFor = (event: 'uncaughtException' | 'unhandledRejection') => {
    // A module with a listener of its own goes on.
    const listener = (error: unknown): void => void (process.listenerCount(event) === 1 && fail(error));
    process.on(event, listener);
    return () => void process.off(event, listener);
  };
  const onExit = (): void => {
    process.stderr.write(`${shown} ended the process before it gave an application.\n`);
    process.exitCode ||= EXIT.failed;
  };
  process.on('exit', onExit);
  const ends = [listenFor('uncaughtException'), listenFor('unhandledRejection')];
  return {
    failure,
    end: () => {
      process.off('exit', onExit);
      for (const end of ends) end();
    },
  };
}

/** For somebody at a terminal only: elsewhere, standard error has faults. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
}

async function makeApp(
  shown: string,
  file: string,
  exportName: string | undefined,
): Promise<{ readonly plan: Plan }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(describeNone(shown, `within ${LOAD_TIMEOUT_SECONDS} seconds`)),
      LOAD_TIMEOUT_SECONDS * 1000,
    );
    timer.unref();
    process.once('beforeExit', () => reject(describeNone(shown, 'before it ended')));
    observeApps((app) => {
      resolve(app);
      return true;
    });
    importFile(file)
      .then(async (exported) => {
        const chosen = chooseExport(exported, exportName);
        if (chosen === undefined) return resolveFirst(listPromises(exported), resolve, reject);
        const app: unknown = await (typeof chosen === 'function' ? chosen() : chosen);
        if (!isApp(app)) throw describeOther(shown, typeof chosen);
        resolve(app);
      })
      .catch(reject);
  });
}

/** The others may never be settled. */
function resolveFirst(
  promises: readonly Promise<unknown>[],
  resolve: (app: App) => void,
  reject: (error: unknown) => void,
): void {
  for (const one of promises)
    void one.then((value) => {
      if (isApp(value)) resolve(value);
    }, reject);
}

function describeNone(file: string, when: string): CliError {
  return new CliError(
    `${file} made no application ${when}: it exports none, and did not call listen.`,
    'Export what createApp returns, or a function createMyApp without parameters that returns it; or name the module that listens: sluice routes src/main.ts',
    EXIT.failed,
  );
}

function describeOther(file: string, type: string): CliError {
  const [subject, cure] =
    type === 'function'
      ? [`function that ${file} exports returned`, 'Return what createApp returns, or a promise of it.']
      : [`promise that ${file} exports resolved to`, 'Export what createApp returns.'];
  return new CliError(`The ${subject} something other than an application.`, cure, EXIT.failed);
}

async function importFile(file: string): Promise<Record<string, unknown>> {
  if (findFormat(file) === 'commonjs') return createRequire(file)(file) as Record<string, unknown>;
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** The core that the application uses; else that of this package. */
function loadCore(file: string): typeof import('@sluice/core') {
  try {
    return createRequire(file)('@sluice/core') as typeof import('@sluice/core');
  } catch {
    return require('@sluice/core') as typeof import('@sluice/core');
  }
}
