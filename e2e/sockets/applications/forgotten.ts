import { setTimeout as wait } from 'node:timers/promises';
import {
  Background,
  Body,
  Controller,
  Get,
  Param,
  Post,
  type BackgroundTasks,
  type Context,
} from '@sluice/core';
import { notes, serve } from '../serve';

async function save(): Promise<never> {
  await wait(5);
  throw new Error('forgotten');
}

@Controller()
class ForgetfulController {
  @Get('/at-once')
  atOnce() {
    void Promise.reject(new Error('forgotten'));
    return 'answered';
  }

  @Get('/later')
  later() {
    void save();
    return 'answered';
  }

  @Get('/waits/:milliseconds')
  async waits(@Param('milliseconds') milliseconds: number) {
    await wait(milliseconds);
    void save();
    return 'answered';
  }

  @Post('/body')
  body(@Body() text: string) {
    void save();
    return text;
  }

  @Get('/task')
  task(@Background() tasks: BackgroundTasks) {
    tasks.add(() => void save());
    return 'answered';
  }
}

function nameRequest({ request, response }: Context, next: () => unknown): unknown {
  const id = request.query.get('id');
  if (id !== undefined) response.headers.set('X-Request-Id', id);
  return next();
}

const logger = {
  info() {},
  warn() {},
  error: (error: unknown, message?: string) => void notes.push(`${String(error)} | ${message}`),
};
const traces = process.env['TRACES'];

void serve({
  controllers: [ForgetfulController],
  middleware: [nameRequest],
  logger,
  ...(traces !== undefined && { traceRejections: traces === 'true' }),
});
