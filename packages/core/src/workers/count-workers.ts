import { readFileSync } from 'node:fs';
import { invalidOption } from '../configuration/check-options';
import { ConfigurationError } from '../configuration/configuration-error';

const VARIABLE = 'SLUICE_WORKERS';

/**
 * How many workers a program has. A number in the program counts; otherwise SLUICE_WORKERS does. `auto` is one for each
 * core that the process may use. The default is 1.
 *
 * @throws ConfigurationError OPTION_INVALID
 */
export function countWorkers(wanted: number | 'auto' | undefined): number {
  if (typeof wanted === 'number') return wanted;
  const named = process.env[VARIABLE] ?? '';
  if (/^[1-9]\d{0,2}$/.test(named)) return Number(named);
  if (named !== '' && named !== 'auto')
    throw new ConfigurationError([
      invalidOption('the environment', VARIABLE, "must be 'auto' or a whole number from 1 to 999"),
    ]);
  return named === 'auto' || wanted === 'auto' ? countCores() : 1;
}

/** The cores that this process may use. A container may have more of them than it has time for. */
export function countCores(readText = readFile): number {
  const [quota = '', period = ''] = (readText('/sys/fs/cgroup/cpu.max') ?? readOldQuota(readText)).split(
    /\s+/,
  );
  const allowed = Number(quota) / Number(period);
  // Loaded here, because a program with one process does not need it.
  const { availableParallelism } = require('node:os') as typeof import('node:os');
  const cores = availableParallelism();
  return allowed > 0 ? Math.max(1, Math.min(cores, Math.floor(allowed))) : cores;
}

/** That of the first version of control groups, in the form of the second. */
function readOldQuota(readText: typeof readFile): string {
  const folder = '/sys/fs/cgroup/cpu';
  return `${readText(`${folder}/cpu.cfs_quota_us`) ?? ''} ${readText(`${folder}/cpu.cfs_period_us`) ?? ''}`;
}

function readFile(name: string): string | undefined {
  try {
    return readFileSync(name, 'utf8').trim();
  } catch {
    return undefined;
  }
}
