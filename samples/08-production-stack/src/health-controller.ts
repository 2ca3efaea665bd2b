import { Controller, Ctx, Get, SkipMiddleware, type Context } from '@sluice/core';

/** For a load balancer: it asks by address and often, and its questions are not worth a line of the log. */
@Controller('/health')
@SkipMiddleware('accessLog', 'trustedHost', 'rateLimit')
export class HealthController {
  @Get()
  show(@Ctx() context: Context) {
    return { status: 'up', worker: context.app.worker.id };
  }
}
