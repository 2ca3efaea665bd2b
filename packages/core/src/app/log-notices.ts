import { describeWorker } from '../configuration/worker-info';
import type { Plan } from '../plan/plan';
import type { MiddlewareStep } from '../plan/steps';
import type { AppParts } from './compile-app';

/** Logs the notices of a plan's middleware, each once for as long as the application lives. */
export function logNotices(
  plan: Plan,
  { logger, noticed }: Pick<AppParts, 'logger' | 'noticed'>,
  { id, count } = describeWorker(),
): void {
  // Every worker has the same plan.
  if (noticed.plan === plan || id !== 1) return;
  noticed.plan = plan;
  for (const { steps } of [...plan.routes, ...(plan.mounts ?? []), plan.fallback]) {
    for (const step of steps) {
      if (step.kind !== 'middleware') continue;
      for (const text of [step.notice, count > 1 ? describeKept(step, count) : undefined]) {
        if (text === undefined || noticed.texts.has(text)) continue;
        noticed.texts.add(text);
        logger.warn(text);
      }
    }
  }
}

function describeKept({ name, keepsInProcess }: MiddlewareStep, count: number): string | undefined {
  if (keepsInProcess === undefined) return undefined;
  const { what, cure } = keepsInProcess;
  return `  STATE_PER_WORKER  ${name}\n    It keeps ${what} in memory, and each of the ${count} workers has its own.\n    ${cure}`;
}
