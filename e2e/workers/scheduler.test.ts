import { until } from '../sockets/until';
import { startProgram } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

describe('The tasks of a program with several workers', () => {
  it('run in the first one, or in every one on demand, and a replacement goes on', async () => {
    await using program = startProgram('scheduled');
    const list = (name: string) =>
      [...program.stdout.matchAll(new RegExp(`^\\[\\d\\] ${name} (\\d) (\\d+)$`, 'gm'))].map(
        ([, id, pid]) => ({
          id,
          pid,
        }),
      );
    const ranIn = (id: string) => list('everywhere').filter((run) => run.id === id).length;
    await until(() => ranIn('1') >= 3 && ranIn('2') >= 3 && list('once').length >= 3);
    const first = list('once')[0]!.pid;
    process.kill(Number(first), 'SIGKILL');
    await until(() => list('once').some(({ pid }) => pid !== first));
    expect(new Set(list('once').map(({ id }) => id))).toEqual(new Set(['1']));
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});
