import type { Problems } from '../configuration/problems';
import type { AppState } from '../http/app-state';
import { joinPrefix } from '../routing/join-prefix';
import { parsePathPattern } from '../routing/path-pattern';
import { placeVersion } from '../routing/place-version';
import type { ResolvedRoute } from './plan-input';
import { nameVersionSegment } from './place-routes';

/** The prefix of an application: for every path, or for all but some. */
export type PrefixGiven = string | { readonly path: string; readonly except: readonly string[] };

/** Returns the path of a prefix. */
export function readPrefix(prefix: PrefixGiven): string {
  return typeof prefix === 'string' ? prefix : prefix.path;
}

/** Makes the function that puts the prefix before the path of a route, and checks that every exception was met. */
export function makeAddPrefix(
  prefix: PrefixGiven,
  own: AppState,
  problems: Problems,
): { readonly add: (route: ResolvedRoute) => ResolvedRoute; readonly check: () => void } {
  const path = readPrefix(prefix);
  const except = typeof prefix === 'string' ? [] : prefix.except;
  const unmet = new Set(except);
  return {
    add(route) {
      const whole = except.length === 0 ? undefined : readPath(route);
      const met = except.filter((one) => whole !== undefined && isMet(one, whole));
      for (const one of met) unmet.delete(one);
      if (path === '' || met.length > 0) return route;
      const version = route.state === own ? nameVersionSegment(route.version) : undefined;
      return { ...route, prefix: joinPrefix(placeVersion(path, version), route.prefix) };
    },
    check() {
      for (const one of unmet) {
        const fault = `prefix.except has ${JSON.stringify(one)}, but no route has that path.`;
        const cure = "Write paths as the plan shows them, without the prefix: '/health', '/docs/*'.";
        problems.add('OPTION_INVALID', 'createApp()', fault, cure);
      }
    },
  };
}

/** The path of a route; undefined where it cannot be parsed, which is reported later. */
function readPath({ prefix, path }: ResolvedRoute): string | undefined {
  if (typeof prefix !== 'string' || typeof path !== 'string') return undefined;
  const pattern = parsePathPattern(prefix, path);
  return typeof pattern === 'string' ? undefined : pattern.path;
}

/** `/docs/*` is every path below `/docs`. */
function isMet(exception: string, path: string): boolean {
  return exception === path || (exception.endsWith('/*') && path.startsWith(exception.slice(0, -1)));
}
