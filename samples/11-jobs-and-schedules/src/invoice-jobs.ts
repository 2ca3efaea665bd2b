import { jobQueue } from '@sluice/queue';
import { IsEmail, IsInt, Max, Min } from 'class-validator';

/** An order for an invoice. */
export class InvoiceOrder {
  @IsEmail()
  to!: string;

  @IsInt()
  @Min(1)
  @Max(1_000_000)
  cents!: number;
}

/** An invoice that was written. */
export interface Invoice {
  readonly text: string;
  /** The process that wrote it. */
  readonly process: number;
}

/** The job, for the process that adds it and the one that does it. */
export const INVOICES = jobQueue<InvoiceOrder, Invoice>('invoices', {
  payload: InvoiceOrder,
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 500 },
  deadLetter: 'dead-invoices',
});
