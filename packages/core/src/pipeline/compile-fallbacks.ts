import { PathTable } from '../routing/path-table';
import type { Plan, RoutePlan } from '../plan/plan';
import type { CompiledPlan, CompiledRoute } from './compile-plan';
import type { Run } from './compose';
import { FallbackCompiler } from './fallback';
import type { EndpointGroup } from './choice/group-endpoints';
import type { SettleOptions } from './errors/settle';

/** Compiles what answers where no route does: of the application, and of those that are mounted in it below their paths. */
export function compileFallbacks(
  { fallback, mounts = [] }: Plan,
  groups: readonly EndpointGroup[],
  options: SettleOptions,
  finish: (run: Run) => Run,
): Pick<CompiledPlan, 'fallback' | 'chooseFallback'> {
  const compiler = new FallbackCompiler(groups, options);
  const compile = (plan: RoutePlan): CompiledRoute => {
    const { info, pattern } = plan;
    return { method: 'ALL', pattern, info, run: finish(compiler.compile(plan)), readsBody: false };
  };
  const own = compile(fallback);
  if (mounts.length === 0) return { fallback: own, chooseFallback: undefined };
  const inner = new PathTable<CompiledRoute>();
  // Of two on one path the first answers, so it is added last.
  for (const mount of [...mounts].reverse()) {
    const route = compile(mount);
    const { pattern } = mount;
    inner.add('ALL', pattern, route);
    inner.add('ALL', { ...pattern, segments: pattern.segments.slice(0, -1) }, route);
  }
  return {
    fallback: own,
    chooseFallback: (source) => inner.find('GET', source.readPath())?.value ?? own,
  };
}
