import { Injectable } from '@sluice/core';

const MOST_LINES = 100;

/** The tasks that have run after replies, in order. Keeps the last hundred, in memory. */
@Injectable()
export class Journal {
  readonly lines: string[] = [];

  write(line: string): void {
    this.lines.push(line);
    if (this.lines.length > MOST_LINES) this.lines.shift();
  }
}
