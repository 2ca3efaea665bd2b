import { types } from 'node:util';
import type { App } from '@sluice/core';
import { CliError } from '../cli-error';

/** An application, a promise of one, as `createApp` returns it, or a function that makes one. */
export type AppExport = App | Promise<App> | (() => App | PromiseLike<App>);

const MAKER = /^(?:create|make|build)(?=[A-Z]|$)/;

/**
 * Chooses what a module exports: the name given, else the default export, else the only application, or the only
 * function without parameters whose name begins with create, make or build.
 *
 * @returns undefined if nothing looks like an application: then the module may start one itself
 * @throws CliError
 */
export function chooseExport(
  exported: Readonly<Record<string, unknown>>,
  name: string | undefined,
): AppExport | undefined {
  const names = Object.keys(exported).filter((one) => one !== '__esModule' && one !== 'module.exports');
  if (name !== undefined) return checkNamed(exported[name], name, names);
  // A CommonJS module that was imported has its exports as the default.
  const { default: main } = exported;
  if (isApp(main) || isMaker(main)) return main;
  const apps = names.filter((one) => isApp(exported[one]));
  const makers = names.filter((one) => MAKER.test(one) && isMaker(exported[one]));
  const candidates = apps.length > 0 ? apps : makers;
  if (candidates.length > 1)
    throw new CliError(
      `The module exports several that could be the application: ${candidates.join(', ')}.`,
      `Choose one: --export ${candidates[0]!}`,
    );
  return candidates[0] === undefined ? undefined : (exported[candidates[0]] as AppExport);
}

function checkNamed(value: unknown, name: string, names: readonly string[]): AppExport {
  const known = names.length === 0 ? 'It exports nothing.' : `It exports ${names.join(', ')}.`;
  if (value === undefined)
    throw new CliError(`The module has no export ${name}. ${known}`, 'Give the name of one that it has.');
  if (isApp(value) || isPromise(value)) return value;
  if (typeof value === 'function') return value as () => App;
  throw new CliError(
    `The export ${name} is neither an application nor a function that makes one. ${known}`,
    'Export what createApp returns, or a function that returns it.',
  );
}

/** Lists the promises that a module exports: one of them may be what `createApp` returned. */
export function listPromises(exported: Readonly<Record<string, unknown>>): Promise<unknown>[] {
  return Object.values(exported).filter(isPromise);
}

/** Only those of JavaScript itself: to wait for the query of a database would run it. */
function isPromise(value: unknown): value is Promise<App> {
  return types.isPromise(value);
}

/** Whether a value is an application, of whichever copy of core. */
export function isApp(value: unknown): value is App {
  if (typeof value !== 'object' || value === null) return false;
  const { listen, inject } = value as Partial<App>;
  return typeof listen === 'function' && typeof inject === 'function';
}

/** Whether a value is a function that can be called without arguments, and not a class. */
function isMaker(value: unknown): value is () => App {
  return typeof value === 'function' && value.length === 0 && !/^class\b/.test(String(value));
}
