import type { AppParts } from './app-parts';
import { ConfigurationError } from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import type { Problems } from '../configuration/problems';
import type { AppState } from '../http/app-state';
import type { PlannedApp } from '../plan/build-plan';
import type { Plan, RoutePlan } from '../plan/plan';

/** Hands the plan to the routes that read it. Returns their warnings, and reports what they throw. */
export function readPlan(planned: PlannedApp, parts: AppParts, problems: Problems): string[] {
  const { readers, states } = planned;
  const plans = new Map<AppState, Plan>();
  return readers.flatMap(({ read, route }) => {
    const state = states.get(route)!;
    const plan = plans.get(state) ?? restrictPlan(planned, state, parts);
    plans.set(state, plan);
    try {
      return read(plan, route) ?? [];
    } catch (error) {
      if (error instanceof ConfigurationError) problems.include(...error.problems);
      else problems.add('ROUTE_READER_FAILED', route.name, `readPlan threw: ${formatThrown(error)}`, CURE);
      return [];
    }
  });
}

const CURE = 'Correct readPlan. A mistake that it finds is a ConfigurationError.';

/** A route of a mounted application learns nothing of the application around it. */
function restrictPlan({ plan, states }: PlannedApp, state: AppState, parts: AppParts): Plan {
  if (state === parts.state) return plan;
  const own = new Set(listStates(findParts(state, parts)!));
  const isOwn = ({ info }: RoutePlan): boolean => own.has(states.get(info)!);
  const routes = plan.routes.filter(isOwn);
  const fallback = plan.mounts!.find(({ info }) => states.get(info) === state) ?? plan.fallback;
  // Not that of a route: what is mounted further in may have its own.
  const formatError = fallback.formatError ?? plan.formatError;
  return Object.freeze({
    routes: Object.freeze(routes),
    fallback,
    ...(formatError && { formatError }),
  });
}

function findParts(state: AppState, parts: AppParts): AppParts | undefined {
  if (parts.state === state) return parts;
  for (const mount of parts.mounts) {
    const found = findParts(state, mount.parts);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The states of an application and of everything that is mounted in it. */
function listStates({ state, mounts }: AppParts): AppState[] {
  return [state, ...mounts.flatMap(({ parts }) => listStates(parts))];
}
