import { Length } from 'class-validator';

/** An order for a report on a text. */
export class ReportOrder {
  @Length(1, 10_000)
  text!: string;
}
