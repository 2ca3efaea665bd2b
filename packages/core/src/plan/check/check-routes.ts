import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { mayHaveBody } from '../../routing/http-method';
import { checkNeeds } from './check-needs';
import { nameCondition } from './name-condition';
import { nameLocation } from './name-location';
import type { RoutePlan } from '../plan';

/** The checks that need a route, or all routes, as a whole. */
export function checkRoutes(routes: readonly RoutePlan[], problems: Problems): void {
  const seen = new Map<string, RoutePlan>();
  for (const route of routes) {
    const key = `${route.info.method} ${route.pattern.shape} ${nameCondition(route)}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) problems.include(duplicate(earlier, route));
    else seen.set(key, route);
    checkArguments(route, problems);
    checkNeeds(route, problems);
    checkBodyLimit(route, problems);
  }
}

function checkArguments({ info, steps }: RoutePlan, problems: Problems): void {
  for (const step of steps) {
    if ((step.kind === 'body' || step.kind === 'form') && !mayHaveBody(info.method))
      problems.include(
        bodyWithoutMeaning(info.name, info.method, step.kind === 'body' ? '@Body' : '@Form, @File or @Files'),
      );
    if (step.kind !== 'handler') continue;
    for (const [index, { kind, name, position, whole }] of step.arguments.entries()) {
      const place = `${info.name}, parameter ${index}`;
      const names = whole ? (whole.properties ?? []).map((one) => one.name) : [name];
      const unknown = names.filter((one) => (whole ? !info.parameters.includes(one) : position === -1));
      if (kind === 'host' && position === -1) problems.include(unknownHostParam(place, name, info.host));
      if (kind !== 'param') continue;
      for (const one of unknown) problems.include(unknownParam(place, one, info.path, info.parameters));
    }
  }
}

function checkBodyLimit({ info }: RoutePlan, problems: Problems): void {
  if (Number.isInteger(info.bodyLimit) && info.bodyLimit >= 0) return;
  const fault = 'The body limit is no whole number of bytes.';
  problems.add('BODY_LIMIT_INVALID', info.name, fault, 'Write @BodyLimit(1_048_576) for 1 MiB.');
}

function duplicate(first: RoutePlan, second: RoutePlan): ConfigurationProblem {
  const both = `${first.info.name} (${first.info.path}) and ${second.info.name} (${second.info.path})`;
  const fault = `${both} answer the same requests: ${second.info.method} ${nameLocation(second)}.`;
  return {
    code: 'ROUTE_DUPLICATE',
    place: second.info.name,
    fault,
    cure: 'Change one path, or take one route away.',
  };
}

function unknownParam(
  place: string,
  name: string,
  path: string,
  parameters: readonly string[],
): ConfigurationProblem {
  const known = parameters.length === 0 ? 'has no parameter' : `has only :${parameters.join(', :')}`;
  const fault = `@Param('${name}') is not in the path ${path}, which ${known}.`;
  return {
    code: 'PARAM_NOT_IN_PATH',
    place,
    fault,
    cure: `Write :${name} into the path, or another name into @Param.`,
  };
}

function unknownHostParam(place: string, name: string, host: string | undefined): ConfigurationProblem {
  const fault = `@HostParam('${name}') is not in the host of the route, which is ${host ?? 'any'}.`;
  const cure = `Write @Controller({ host: ':${name}.example.com' }), or another name into @HostParam.`;
  return { code: 'PARAM_NOT_IN_HOST', place, fault, cure };
}

function bodyWithoutMeaning(place: string, method: string, decorator: string): ConfigurationProblem {
  const fault = `${decorator} stands on a ${method} route, and a body has no meaning there (RFC 9110 §9.3.1).`;
  return { code: 'BODY_ON_GET', place, fault, cure: "Use @Post or another method, or read @Query('name')." };
}
