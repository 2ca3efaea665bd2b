import { Injectable } from '@sluice/core';
import { UnrecoverableError } from 'bullmq';

/** The content of a report. */
export interface Report {
  readonly words: number;
  readonly longest: string;
}

/** Does the work of an order. */
@Injectable()
export class ReportWriter {
  /**
   * Writes a report. If it throws, the queue tries again.
   *
   * @throws UnrecoverableError for a text without words, on which another attempt would fail too
   */
  async write(text: string): Promise<Report> {
    const words = text.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) throw new UnrecoverableError('The text has no words.');
    const longest = words.reduce((best, word) => (word.length > best.length ? word : best));
    return { words: words.length, longest };
  }
}
