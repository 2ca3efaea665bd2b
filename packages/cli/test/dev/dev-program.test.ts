import { DevProgram } from '../../src/dev/dev-program';

describe('the program', () => {
  const { execPath } = process;

  afterEach(() => (process.execPath = execPath));

  it('is started again after a start that gave no process', async () => {
    const ended: (number | string)[] = [];
    let report = (): void => {};
    const program = new DevProgram('/', '/no-such-program.js', {
      onPlan: () => {},
      onEnd: (how) => {
        ended.push(how);
        report();
      },
    });
    const startAndWait = async (): Promise<void> => {
      const isEnded = new Promise<void>((resolve) => (report = resolve));
      await program.restart();
      await isEnded;
    };
    process.execPath = '/no/such/node';
    for (let starts = 1; starts <= 2; starts++) {
      await startAndWait();
      expect(ended).toHaveLength(starts);
    }
    expect(ended[1]).toContain('ENOENT');
  });
});
