import { PassThrough } from 'node:stream';
import { askOptions } from '../src/ask-options';
import type { GivenOptions } from '../src/create-options';

const OPEN: GivenOptions = { manager: { name: 'npm' }, offline: false };

/** Answers each question when it comes, and collects what is asked. */
async function ask(given: GivenOptions, ...answers: string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let asked = '';
  output.on('data', (chunk: Buffer) => {
    asked += chunk.toString();
    if (!asked.endsWith(': ')) return;
    input.write(`${answers.shift() ?? ''}\n`);
  });
  const options = await askOptions(given, input, output);
  return { options, asked };
}

describe('the questions', () => {
  it('are about what the flags leave open', async () => {
    const { options, asked } = await ask(OPEN, 'notes', 'commonjs', 'n');
    expect(options).toEqual({ ...OPEN, folder: 'notes', template: 'commonjs', install: false });
    expect(asked.match(/: /g)).toHaveLength(3);
  });

  it('have the defaults as their empty answer', async () => {
    expect((await ask(OPEN)).options).toEqual({ ...OPEN, folder: 'my-app', template: 'esm', install: true });
  });

  it('are not asked where a flag has answered', async () => {
    const given = { ...OPEN, folder: 'notes', template: 'esm', install: true } as const;
    expect(await ask(given)).toEqual({ options: given, asked: '' });
  });

  it('are asked again after an answer that is not one', async () => {
    const { options, asked } = await ask({ ...OPEN, folder: 'notes' }, 'deno', 'esm', 'y');
    expect(options).toMatchObject({ template: 'esm', install: true });
    expect(asked).toContain('Write esm or commonjs.');
  });

  it('end without a project when the terminal ends', async () => {
    const input = new PassThrough();
    const asked = askOptions(OPEN, input, new PassThrough());
    input.end();
    await expect(asked).rejects.toThrow('Nothing has been made.');
  });
});
