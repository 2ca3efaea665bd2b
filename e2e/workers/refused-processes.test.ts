import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../sockets/until';
import { ask, isAlive, listStarted, startProgram } from './start-workers';

// Without memory, processes or open files left, or without the file of Node, which an update has removed.
describe.each(['emitted', 'thrown'])(
  'A process that the system refuses, as an error that is %s',
  (REFUSAL) => {
    let folder: string;
    let env: { readonly REFUSED_FILE: string; readonly REFUSAL: string };
    const reason = REFUSAL === 'thrown' ? 'spawn ENOMEM' : 'spawn /no/such/node ENOENT';
    const refuse = (): void => writeFileSync(env.REFUSED_FILE, '');
    const allow = (): void => rmSync(env.REFUSED_FILE);

    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'sluice-refused-'));
      env = { REFUSED_FILE: path.join(folder, 'refused'), REFUSAL };
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('ends the program at its start, with the reason', async () => {
      refuse();
      await using program = startProgram('refused', env);
      expect(await program.ended).toBe(1);
      expect(program.stderr).toContain(`The system refused its process: ${reason}.`);
    });

    it('leaves the old workers where a new one was wanted, and the next reload replaces them', async () => {
      await using program = startProgram('refused', env);
      await program.waitFor(/workers listen on/);
      const pids = listStarted(program).map(({ pid }) => pid);
      refuse();
      process.kill(program.pid, 'SIGHUP');
      await until(() =>
        program.stderr.includes(
          `The new worker 1 did not start, so the old workers remain. The system refused its process: ${reason}.`,
        ),
      );
      expect(pids.filter(isAlive)).toHaveLength(2);
      allow();
      process.kill(program.pid, 'SIGHUP');
      await program.waitFor(/All workers have been replaced/);
      expect(await program.stop()).toBe(0);
    });

    it('is tried again where a worker has died, for as long as others live', async () => {
      await using program = startProgram('refused', env);
      const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
      const [killed, other] = listStarted(program);
      const countRefusals = (): number => program.stderr.match(/could not start/g)?.length ?? 0;
      refuse();
      process.kill(killed!.pid, 'SIGKILL');
      await until(() =>
        program.stderr.includes(
          `Worker ${killed!.id} could not start. The system refused its process: ${reason}. Another one starts in 0.2 s.`,
        ),
      );
      expect(program.stdout).toContain(`ended ${killed!.id} 1 false`);
      // Five deaths would end the program, but the other worker lives.
      await until(() => countRefusals() > 3);
      expect(await ask(url)).toMatchObject({ id: other!.id });
      allow();
      await until(() => listStarted(program).length === 3);
      expect(await program.stop()).toBe(0);
    });

    it('does not keep the program from ending', async () => {
      await using program = startProgram('refused', env);
      await program.waitFor(/workers listen on/);
      refuse();
      process.kill(listStarted(program)[0]!.pid, 'SIGKILL');
      await program.waitFor(/could not start/);
      expect(await program.stop()).toBe(0);
    });
  },
);
