import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../sockets/until';
import { MAIN, UserProject } from '../run-sluice';

/** It never ends by itself, so that nothing depends on how fast it is. */
const PROGRAM = `let count = 0;
process.on('SIGINT', () => console.log('signal ' + ++count));
setInterval(() => {}, 1000);
console.log('first');
`;

// `script` of util-linux is a terminal, which types what it reads.
describe('sluice dev in a terminal', () => {
  it('sends no second Ctrl-C to a program that has got it from the terminal', async () => {
    using project = new UserProject({ 'src/main.ts': PROGRAM });
    // Without `exec`, some shells stay beside the command and end with the signal themselves.
    const command = `exec '${process.execPath}' '${MAIN}' dev --no-check`;
    const terminal = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: project.folder,
      env: { ...process.env, NODE_OPTIONS: undefined },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      let shown = '';
      terminal.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
      const closed = once(terminal, 'close');
      await until(() => shown.includes('first'));
      terminal.stdin.write('\x03');
      expect(await closed).toEqual([0, null]);
    } finally {
      terminal.kill('SIGKILL');
    }
  });
});
