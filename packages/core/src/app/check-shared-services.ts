import type { Problems } from '../configuration/problems';
import type { Service } from '../plan/work/service';
import type { AppParts } from './app-parts';

/** Reports a service of two applications: it would start twice, and run the methods of only one of them. */
export function checkSharedServices({ settings, mounts }: AppParts, problems: Problems): void {
  const known = new Set(settings.services);
  for (const { path, parts } of mounts) {
    for (const service of listServices(parts)) {
      if (known.has(service)) {
        const fault = `Another application has the service ${JSON.stringify(service.name)} too.`;
        const cure =
          'Make a service for each of them, or mount it with container: outer.container and no service.';
        problems.add('SERVICE_INVALID', `app.mount(${JSON.stringify(path)})`, fault, cure);
      }
      known.add(service);
    }
  }
}

function listServices({ settings, mounts }: AppParts): readonly Service[] {
  return [...(settings.services ?? []), ...mounts.flatMap(({ parts }) => listServices(parts))];
}
