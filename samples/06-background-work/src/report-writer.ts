import { Injectable } from '@sluice/core';
import { UnrecoverableError } from 'bullmq';

/** What a report says. */
export interface Report {
  readonly words: number;
  readonly longest: string;
}

/** The work itself. */
@Injectable()
export class ReportWriter {
  /**
   * What it throws is tried again by the queue.
   *
   * @throws UnrecoverableError when there is nothing to report on: trying again would not help
   */
  async write(text: string): Promise<Report> {
    const words = text.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) throw new UnrecoverableError('The text has no words.');
    const longest = words.reduce((best, word) => (word.length > best.length ? word : best));
    return { words: words.length, longest };
  }
}
