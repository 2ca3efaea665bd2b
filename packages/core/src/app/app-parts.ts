import type { AppSettings } from './app-settings';
import { AppState } from '../http/app-state';
import { Closing } from '../http/closing';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import { guardLogger, type Logger } from '../http/logger';
import type { MiddlewareLike } from '../http/middleware';
import type { InstanceSource } from '../container/container';
import type { Plan } from '../plan/plan';
import { BackgroundQueue } from '../engine/background-queue';
import { CleanUps } from '../engine/clean-ups';

/** Everything that an application is compiled from. */
export interface AppParts {
  readonly settings: AppSettings;
  readonly source: InstanceSource;
  /** The problems that were found before the first compilation. */
  readonly earlierProblems: readonly ConfigurationProblem[];
  /** The middleware of the options, then those of `use`. */
  readonly middleware: MiddlewareLike[];
  readonly mounts: { readonly path: string; readonly parts: AppParts }[];
  readonly state: AppState;
  readonly closing: Closing;
  readonly cleanUps: CleanUps;
  readonly background: BackgroundQueue;
  readonly logger: Logger;
  /** The notices that have been logged, and the plan that they were looked for in. */
  readonly noticed: { plan: Plan | undefined; readonly texts: Set<string> };
}

/** Makes the parts of an application from its options, before anything is used or mounted. */
export function makeParts(
  settings: AppSettings,
  source: InstanceSource,
  earlierProblems: readonly ConfigurationProblem[],
): AppParts {
  const { middleware = [], logger: given = console, streamStopTimeoutMs = 30_000 } = settings;
  const logger = guardLogger(given);
  const background = new BackgroundQueue(settings.background);
  return {
    settings,
    source,
    earlierProblems,
    middleware: [...middleware],
    mounts: [],
    state: new AppState(),
    closing: new Closing(),
    cleanUps: new CleanUps(logger, streamStopTimeoutMs, () => background.open()),
    background,
    logger,
    noticed: { plan: undefined, texts: new Set() },
  };
}

/** Waits for the background tasks and the clean-ups of all requests, until the deadline. */
export async function finishWork({ background, cleanUps }: AppParts, deadline: number): Promise<void> {
  await background.waitUntilIdle(Math.max(0, deadline - Date.now()));
  await cleanUps.close(Math.max(0, deadline - Date.now()));
}
