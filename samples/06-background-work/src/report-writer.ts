import { Injectable } from '@sluice/core';
import { Job, UnrecoverableError } from '@sluice/queue';
import { ReportOrder } from './report-order';

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
  @Job('reports', { attempts: 3, backoff: { type: 'exponential', delayMs: 500 }, concurrency: 2 })
  async write({ text }: ReportOrder): Promise<Report> {
    const words = text.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) throw new UnrecoverableError('The text has no words.');
    const longest = words.reduce((best, word) => (word.length > best.length ? word : best));
    return { words: words.length, longest };
  }
}
