import { Body, Controller, Ctx, Get, json, notFound, Param, Post, type Context } from '@sluice/core';
import { Operation } from '@sluice/openapi';
import { Jobs } from '@sluice/queue';
import { ReportOrder } from './report-order';
import { ReportWriter } from './report-writer';

@Controller('/reports')
@Operation({ replies: { 503: 'The queue cannot be reached.' } })
export class ReportsController {
  constructor(private readonly jobs: Jobs) {}

  @Post()
  async order(@Body() order: ReportOrder, @Ctx() context: Context) {
    const id = await this.jobs.add(ReportWriter, 'write', order);
    const Location = context.urlFor(ReportsController, 'show', { id });
    return json({ id, state: 'waiting' }, { status: 202, headers: { Location } });
  }

  @Get('/:id')
  async show(@Param('id', 'uuid') id: string) {
    const job = await this.jobs.find(ReportWriter, 'write', id);
    if (job === undefined) return notFound();
    const { state, attempts, result: report } = job;
    return { id, state, attempts, report };
  }
}
