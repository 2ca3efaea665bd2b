import { Body, Controller, Ctx, Get, json, notFound, Param, Post, type Context } from '@sluice/core';
import { Operation } from '@sluice/openapi';
import { Jobs } from '@sluice/queue';
import { InvoiceOrder, INVOICES } from './invoice-jobs';

@Controller('/invoices')
@Operation({ replies: { 503: 'The queue cannot be reached.' } })
export class InvoicesController {
  constructor(private readonly jobs: Jobs) {}

  @Post()
  async order(@Body() order: InvoiceOrder, @Ctx() context: Context) {
    const id = await this.jobs.add(INVOICES, order);
    const Location = context.urlFor(InvoicesController, 'show', { id });
    return json({ id, state: 'waiting' }, { status: 202, headers: { Location } });
  }

  @Get('/:id')
  async show(@Param('id', 'uuid') id: string) {
    const job = await this.jobs.find(INVOICES, id);
    if (job === undefined) return notFound();
    const { state, attempts, result: invoice } = job;
    return { id, state, attempts, invoice };
  }
}
