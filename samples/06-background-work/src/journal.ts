import { Injectable } from '@sluice/core';

const KEPT = 100;

/** What was done after replies, in order. It forgets all but the last hundred, and all with the process. */
@Injectable()
export class Journal {
  readonly lines: string[] = [];

  write(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT) this.lines.shift();
  }
}
