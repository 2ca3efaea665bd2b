import { describeWorker } from '../configuration/worker-info';
import type { Plan } from '../plan/plan';
import type { MiddlewareStep } from '../plan/steps';
import type { AppParts } from './app-parts';
import type { CompiledApp } from './compile-app';
import { isDevelopment } from './is-development';

/**
 * Logs the notices of a plan's middleware, each once for as long as the application lives.
 *
 * @param hasTls whether the application is about to listen with TLS
 */
export function logNotices(
  { plan, notices }: Pick<CompiledApp, 'plan' | 'notices'>,
  { logger, noticed, settings }: Pick<AppParts, 'logger' | 'noticed' | 'settings'>,
  hasTls = false,
  { id, count } = describeWorker(),
): void {
  // Every worker has the same plan.
  if ((noticed.plan === plan && !hasTls) || id !== 1) return;
  noticed.plan = plan;
  const isOverHttps = hasTls || isBehindProxy(settings);
  for (const text of [...listNotices(plan, isOverHttps, count), ...notices]) {
    if (noticed.texts.has(text)) continue;
    noticed.texts.add(text);
    logger.warn(text);
  }
}

function listNotices(plan: Plan, isOverHttps: boolean, workers: number): string[] {
  return [...plan.routes, ...(plan.mounts ?? []), plan.fallback].flatMap(({ steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'middleware') return [];
      const texts = [
        step.notice,
        isOverHttps ? step.noticeOverHttps : undefined,
        workers > 1 ? describeKept(step, workers) : undefined,
      ];
      return texts.filter((text) => text !== undefined);
    }),
  );
}

/** Whether a proxy in front ends TLS, as one in production usually does. */
function isBehindProxy(settings: AppParts['settings']): boolean {
  const { trustProxy = 0 } = settings;
  const trusted = typeof trustProxy === 'number' ? trustProxy : trustProxy.length;
  return trusted > 0 && !isDevelopment(settings);
}

function describeKept({ name, keepsInProcess }: MiddlewareStep, count: number): string | undefined {
  if (keepsInProcess === undefined) return undefined;
  const { what, cure } = keepsInProcess;
  return `  STATE_PER_WORKER  ${name}\n    It keeps ${what} in memory, and each of the ${count} workers has its own.\n    ${cure}`;
}
