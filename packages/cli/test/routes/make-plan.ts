import {
  Controller,
  createApp,
  Get,
  Mark,
  Post,
  routeMark,
  UseMiddleware,
  type Middleware,
  type Plan,
} from '@sluice/core';

export const ROLES = routeMark<readonly string[]>('roles');

const step = (name: string, options?: Record<string, unknown>): Middleware => ({
  name,
  ...(options && { options }),
  handle: (_, next) => next(),
});

@Controller('/notes')
@UseMiddleware(step('cors', { allowOrigins: [/^https:/], decide: () => true, limit: 7n }))
class NotesController {
  @Get('/:id')
  show() {}

  @Post()
  @Mark(ROLES, ['admin'])
  create() {}
}

/** The plan of a small application. */
export async function makePlan(): Promise<Plan> {
  const app = await createApp({
    controllers: [NotesController],
    routes: [
      { method: 'GET', path: '/', handler: () => 'home', name: 'home' },
      { method: 'GET', path: '/files/*', handler: () => 'file', name: 'files' },
    ],
    middleware: [step('gzip')],
  });
  return app.plan;
}
