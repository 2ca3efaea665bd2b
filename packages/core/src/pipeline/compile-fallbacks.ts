import type { CompiledRoute, CompiledRoutes, Run } from '../http/compiled-route';
import { PathTable } from '../routing/path-table';
import type { Plan, RoutePlan } from '../plan/plan';
import type { EndpointGroup } from './choice/group-endpoints';
import { FallbackCompiler } from './fallback-compiler';
import type { PipelineOptions } from './pipeline-options';

/** Compiles the fallback of the application, and those of mounted applications, which run below their paths. */
export function compileFallbacks(
  { fallback, mounts = [] }: Plan,
  groups: readonly EndpointGroup[],
  endpoints: PathTable<EndpointGroup>,
  options: PipelineOptions,
  finish: (run: Run) => Run,
): Pick<CompiledRoutes, 'fallback' | 'chooseFallback'> {
  const compiler = new FallbackCompiler(groups, endpoints, options);
  const compile = (plan: RoutePlan): CompiledRoute => {
    const { info, pattern } = plan;
    return { method: 'ALL', pattern, info, run: finish(compiler.compile(plan)), readsBody: false };
  };
  const own = compile(fallback);
  if (mounts.length === 0) return { fallback: own, chooseFallback: undefined };
  const inner = new PathTable<CompiledRoute>();
  // The first of two mounts on one path wins, so it is added last.
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
