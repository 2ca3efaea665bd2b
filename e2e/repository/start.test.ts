import { ROOT } from '../documents/list-documents';
import { Program } from '../programs/program';

describe('npm start', () => {
  let program: Program;
  let url: string;

  beforeEach(async () => {
    program = Program.start('npm', ['start'], { cwd: ROOT, env: { PORT: '0' } });
    url = await program.waitForUrl(150_000);
  }, 180_000);

  afterEach(() => program.stop());

  it('does not install again, prints the plan and the URL to open', () => {
    expect(program.stdout).not.toContain('Installing');
    expect(program.stdout).toMatch(/GET +\/counter .*trustedHost > cors > gzip > session/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'stops on %s with code 0 and leaves no process behind',
    async (signal) => {
      expect(await (await fetch(url)).json()).toEqual({ status: 'running' });
      expect(await program.stop(signal)).toBe(0);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
  );
});
