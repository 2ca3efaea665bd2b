import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const MAIN = path.resolve(__dirname, '../dist/main.js');

describe('node dist/main.js', () => {
  it('listens on PORT, answers, and stops on SIGTERM with code 0', async () => {
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: '0' } });
    const ended = once(child, 'exit');
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
          if (found !== undefined) resolve(found);
        });
        child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
        child.once('exit', () => reject(new Error(`It ended before it listened:\n${output}`)));
      });
      expect(await (await fetch(`${url}/users`)).json()).toEqual({ items: [], total: 0 });
    } finally {
      child.kill('SIGTERM');
    }
    expect((await ended)[0]).toBe(0);
  });
});
