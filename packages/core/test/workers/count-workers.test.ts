import { availableParallelism } from 'node:os';
import { countCores, countWorkers } from '../../src/workers/count-workers';

const CORES = availableParallelism();

describe('countWorkers', () => {
  afterEach(() => delete process.env['SLUICE_WORKERS']);

  it.each([
    [undefined, undefined, 1],
    [undefined, '3', 3],
    [undefined, '', 1],
    [2, '3', 2],
    [1, 'auto', 1],
    ['auto', '3', 3],
    ['auto', undefined, countCores()],
    [undefined, 'auto', countCores()],
  ] as const)('with the option %p and SLUICE_WORKERS %p, there are %d', (option, variable, count) => {
    if (variable !== undefined) process.env['SLUICE_WORKERS'] = variable;
    expect(countWorkers(option)).toBe(count);
  });

  it.each(['0', '-1', '1000', '1.5', 'all', ' 2'])('reports SLUICE_WORKERS=%p', (variable) => {
    process.env['SLUICE_WORKERS'] = variable;
    expect(() => countWorkers('auto')).toThrow(/OPTION_INVALID[^]*SLUICE_WORKERS/);
    expect(countWorkers(2)).toBe(2);
  });
});

describe('countCores', () => {
  const OLD = '/sys/fs/cgroup/cpu/cpu.cfs';
  it.each([
    ['no control group', {}, CORES],
    ['no quota', { '/sys/fs/cgroup/cpu.max': 'max 100000' }, CORES],
    ['one core and a half', { '/sys/fs/cgroup/cpu.max': '150000 100000' }, 1],
    ['half a core', { '/sys/fs/cgroup/cpu.max': '50000 100000' }, 1],
    ['more cores than there are', { '/sys/fs/cgroup/cpu.max': '99900000 100000' }, CORES],
    ['one core, version 1', { [`${OLD}_quota_us`]: '100000', [`${OLD}_period_us`]: '100000' }, 1],
    ['no quota, version 1', { [`${OLD}_quota_us`]: '-1', [`${OLD}_period_us`]: '100000' }, CORES],
  ])('counts those that the process may use: %s', (_, files: Readonly<Record<string, string>>, count) => {
    expect(countCores((name) => files[name])).toBe(count);
  });
});
