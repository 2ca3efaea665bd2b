import type { Readable, Writable } from 'node:stream';

/** A longer line is written in parts. */
const LONGEST_LINE = 65_536;

/** Writes the lines of all workers to one output, each with the number of its worker. */
export class LogOutput {
  private readonly paused = new Set<Readable>();

  constructor(private readonly output: Writable) {
    output.on('drain', () => {
      for (const source of this.paused) source.resume();
      this.paused.clear();
    });
  }

  /** Writes the lines of a worker as they come. */
  include(source: Readable, id: number): void {
    let rest = '';
    const write = (lines: readonly string[]): void => {
      const text = lines.map((line) => `${markLine(line, id)}\n`).join('');
      if (text === '' || this.output.write(text)) return;
      source.pause();
      this.paused.add(source);
    };
    source.setEncoding('utf8');
    source.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      if (rest.length > LONGEST_LINE) {
        lines.push(rest);
        rest = '';
      }
      write(lines);
    });
    source.on('end', () => {
      if (rest !== '') write([rest]);
      this.paused.delete(source);
    });
  }
}

/** The line with the number in front; a line of JSON gets it as its first member, so that it is JSON still. */
export function markLine(line: string, id: number): string {
  return line.startsWith('{"') ? `{"worker":${id},${line.slice(1)}` : `[${id}] ${line}`;
}
