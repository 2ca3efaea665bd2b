import { Injectable } from '@sluice/core';
import { IsInt, Length } from 'class-validator';
import { Job, type JobInfo } from '../src';

export class ReportOrder {
  @Length(1, 100) text!: string;
}

export class Count {
  @IsInt() from!: number;
}

@Injectable()
export class Reports {
  readonly seen: unknown[] = [];

  @Job('reports', { attempts: 3, concurrency: 2 })
  async write(order: ReportOrder, { attempt }: JobInfo): Promise<{ words: number }> {
    this.seen.push([order instanceof ReportOrder, order.text, attempt]);
    return { words: order.text.split(' ').length };
  }

  @Job('clean')
  clean(): void {
    this.seen.push('clean');
  }
}
