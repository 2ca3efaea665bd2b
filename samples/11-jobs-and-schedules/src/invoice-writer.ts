import { Injectable } from '@sluice/core';
import { DeadLetter, Job } from '@sluice/queue';
import { InvoiceOrder, INVOICES, type Invoice } from './invoice-jobs';

/** Does the jobs. Only the worker has it. */
@Injectable()
export class InvoiceWriter {
  @Job(INVOICES, { concurrency: 4 })
  write({ to, cents }: InvoiceOrder): Invoice {
    return { text: `${to} owes ${(cents / 100).toFixed(2)} €`, process: process.pid };
  }

  /** Gets every invoice that has failed for good. */
  @Job('dead-invoices')
  report({ id, error }: DeadLetter): void {
    console.error(`Look after the invoice ${id}: ${error}`);
  }
}
