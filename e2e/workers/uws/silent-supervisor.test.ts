import { Measured } from '../measured';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

describe('The metrics of a worker whose supervisor does not answer', () => {
  it('are a 503, until it answers again', async () => {
    const measured = await Measured.start({ SLUICE_ENGINE: 'uws' });
    await using program = measured.program;
    await measured.ask();
    await measured.expectAll();
    process.kill(program.pid, 'SIGSTOP');
    try {
      const response = await fetch(`${measured.url}/metrics`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ code: 'metrics_unavailable' });
    } finally {
      process.kill(program.pid, 'SIGCONT');
    }
    await measured.expectAll();
    expect(program.stderr).toContain('The supervisor of the workers did not answer.');
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});
