import { PassThrough, Writable } from 'node:stream';
import { LogOutput, markLine } from '../../src/workers/log-output';

/** An output that holds what it gets, and takes more only when it is asked to. */
class SlowOutput extends Writable {
  text = '';
  private take: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 1, decodeStrings: false });
  }

  override _write(text: string, _encoding: string, done: () => void): void {
    this.text += text;
    this.take = done;
  }

  async drain(): Promise<void> {
    this.take?.();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
}

async function collect(...parts: readonly (string | Buffer)[]): Promise<string> {
  const output = new PassThrough();
  const source = new PassThrough();
  new LogOutput(output).include(source, 3);
  let text = '';
  output.setEncoding('utf8').on('data', (part: string) => (text += part));
  for (const part of parts) {
    source.write(part);
    await new Promise(setImmediate);
  }
  source.end();
  await new Promise((resolve) => source.once('close', resolve));
  await new Promise(setImmediate);
  return text;
}

describe('markLine', () => {
  it.each([
    ['text', '[3] text'],
    ['', '[3] '],
    ['{"level":30,"msg":"hi"}', '{"worker":3,"level":30,"msg":"hi"}'],
    ['{}', '[3] {}'],
    ['{ name: 1 }', '[3] { name: 1 }'],
    ['["a"]', '[3] ["a"]'],
  ])('gives %j the number of the worker: %j', (line, expected) => {
    expect(markLine(line, 3)).toBe(expected);
  });
});

describe('LogOutput', () => {
  it('marks each line, however the text is cut, and the last one without a line end', async () => {
    expect(await collect('one\ntw', 'o\n', '\nthree')).toBe('[3] one\n[3] two\n[3] \n[3] three\n');
  });

  it('keeps a character whole that comes in two parts', async () => {
    const bytes = Buffer.from('é\n');
    expect(await collect(bytes.subarray(0, 1), bytes.subarray(1))).toBe('[3] é\n');
  });

  it('writes a line that never ends in parts, so that it holds no more than 64 KiB', async () => {
    const text = await collect(...Array.from({ length: 10 }, () => 'x'.repeat(10_000)), '\nend\n');
    const lines = text.split('\n');
    expect(lines.map((line) => line.length - 4)).toEqual([70_000, 30_000, 3, -4]);
  });

  it('does not read on while the output is full', async () => {
    const output = new SlowOutput();
    const source = new PassThrough({ highWaterMark: 10 });
    new LogOutput(output).include(source, 1);
    source.write('one\n');
    await new Promise(setImmediate);
    expect(source.isPaused()).toBe(true);
    source.write('two\n');
    await new Promise(setImmediate);
    expect(output.text).toBe('[1] one\n');
    await output.drain();
    expect(output.text).toBe('[1] one\n[1] two\n');
  });
});
