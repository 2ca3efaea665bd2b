import type { Plan } from '../plan/plan';
import type { AppParts } from './compile-app';

/** Logs the notices of a plan's middleware, each once for as long as the application lives. */
export function logNotices(plan: Plan, { logger, noticed }: Pick<AppParts, 'logger' | 'noticed'>): void {
  if (noticed.plan === plan) return;
  noticed.plan = plan;
  for (const { steps } of [...plan.routes, ...(plan.mounts ?? []), plan.fallback]) {
    for (const step of steps) {
      if (step.kind !== 'middleware' || step.notice === undefined || noticed.texts.has(step.notice)) continue;
      noticed.texts.add(step.notice);
      logger.warn(step.notice);
    }
  }
}
