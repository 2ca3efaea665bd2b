import { Length } from 'class-validator';

/** What a report is asked to be about. */
export class ReportOrder {
  @Length(1, 10_000)
  text!: string;
}
