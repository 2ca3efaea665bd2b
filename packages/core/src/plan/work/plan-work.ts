import { ConfigurationError } from '../../configuration/configuration-error';
import { formatThrown } from '../../configuration/format-thrown';
import { findOtherList, nameValue } from '../../configuration/given-value';
import type { Problems } from '../../configuration/problems';
import type { InstanceSource } from '../../container/container';
import { freezeCopy } from '../freeze-copy';
import type { WorkPlan } from '../plan';
import { readWork } from './read-work';
import type { Service, WorkMethod } from './service';

/** Hands each service the methods with its decorators, of all instances of the container. Returns the rows of the plan. */
export function planWork(
  services: readonly Service[],
  { made }: Pick<InstanceSource, 'made'>,
  problems: Problems,
): WorkPlan[] {
  const checked = checkServices(services, problems);
  const found = made.flatMap(readWork);
  for (const { method, service } of found) {
    if (checked.some(({ name }) => name === service)) continue;
    const fault = `It has ${method.decorator}, but the application has no service ${JSON.stringify(service)}, so nothing calls it.`;
    const cure = `Add the service to createApp({ services: […] }), or remove ${method.decorator}.`;
    problems.add('WORK_WITHOUT_SERVICE', method.place, fault, cure);
  }
  return checked.flatMap((service) => {
    const own = found.flatMap((one) => (one.service === service.name ? [one.method] : []));
    return prepare(service, own, problems);
  });
}

function prepare(service: Service, methods: readonly WorkMethod[], problems: Problems): WorkPlan[] {
  try {
    return (service.prepare?.(methods) ?? []).map(({ kind, when, name, steps }) =>
      Object.freeze({ kind, when, name, steps: freezeCopy(steps) }),
    );
  } catch (error) {
    if (error instanceof ConfigurationError) problems.include(...error.problems);
    else {
      const fault = `prepare threw: ${formatThrown(error)}`;
      problems.add(
        'SERVICE_INVALID',
        service.name,
        fault,
        'Correct prepare. A mistake that it finds is a ConfigurationError.',
      );
    }
    return [];
  }
}

function checkServices(services: readonly Service[], problems: Problems): Service[] {
  const names = new Set<string>();
  return services.filter((service: unknown, index): service is Service => {
    const place = `createApp, services ${index}`;
    if (!isService(service)) {
      const fault = `${nameValue(service)} is not a service.`;
      const cure = findOtherList(service) ?? "Write { name: '…', start: (app) => …, stop: () => … }.";
      problems.add('SERVICE_INVALID', place, fault, cure);
      return false;
    }
    if (names.has(service.name)) {
      const fault = `Another service has the name ${JSON.stringify(service.name)} too.`;
      problems.add('SERVICE_INVALID', place, fault, 'List it once, or give one of them another name.');
      return false;
    }
    names.add(service.name);
    return true;
  });
}

function isService(value: unknown): value is Service {
  if (typeof value !== 'object' || value === null) return false;
  const { name, handle, prepare: read, start, stop } = value as Record<keyof Service | 'handle', unknown>;
  const isOptional = (one: unknown): boolean => one === undefined || typeof one === 'function';
  return (
    typeof name === 'string' && name !== '' && [read, start, stop].every(isOptional) && handle === undefined
  );
}
