import { describeWorker } from '../configuration/worker-info';
import type { Plan } from '../plan/plan';
import type { MiddlewareStep } from '../plan/steps';
import type { AppParts } from './compile-app';
import { isDevelopment } from './is-development';

/**
 * Logs the notices of a plan's middleware, each once for as long as the application lives.
 *
 * @param hasTls whether the application is about to listen with TLS
 */
export function logNotices(
  plan: Plan,
  { logger, noticed, settings }: Pick<AppParts, 'logger' | 'noticed' | 'settings'>,
  hasTls = false,
  { id, count } = describeWorker(),
): void {
  // Every worker has the same plan.
  if ((noticed.plan === plan && !hasTls) || id !== 1) return;
  noticed.plan = plan;
  const isOverHttps = hasTls || isBehindProxy(settings);
  for (const { steps } of [...plan.routes, ...(plan.mounts ?? []), plan.fallback]) {
    for (const step of steps) {
      if (step.kind !== 'middleware') continue;
      const texts = [
        step.notice,
        isOverHttps ? step.noticeOverHttps : undefined,
        count > 1 ? describeKept(step, count) : undefined,
      ];
      for (const text of texts) {
        if (text === undefined || noticed.texts.has(text)) continue;
        noticed.texts.add(text);
        logger.warn(text);
      }
    }
  }
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
