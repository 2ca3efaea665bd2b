import { Body, Controller, Ctx, Get, json, notFound, Param, Post, type Context } from '@sluice/core';
import { Operation } from '@sluice/openapi';
import { ReportOrder } from './report-order';
import { ReportQueue } from './report-queue';

@Controller('/reports')
@Operation({ replies: { 503: 'The queue cannot be reached.' } })
export class ReportsController {
  constructor(private readonly queue: ReportQueue) {}

  @Post()
  async order(@Body() order: ReportOrder, @Ctx() context: Context) {
    const id = await this.queue.add(order);
    const Location = context.urlFor(ReportsController, 'show', { id });
    return json({ id, state: 'waiting' }, { status: 202, headers: { Location } });
  }

  @Get('/:id')
  async show(@Param('id', 'uuid') id: string) {
    return (await this.queue.find(id)) ?? notFound();
  }
}
