import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { Context, Controller, Ctx, file, Get, jsonLines, LastEventId, Sse, stream } from '@sluice/core';
import { runClock } from './clock';
import { renderView } from './render-view';

const FILES = path.join(__dirname, '../files');

@Controller('/')
export class StreamingController {
  @Get()
  page(@Ctx() context: Context) {
    const find = (method: 'clock' | 'readings' | 'countdown' | 'download') =>
      context.urlFor(StreamingController, method);
    return renderView('clock', {
      title: 'Clock & streams',
      feed: find('clock'),
      links: [
        { name: 'JSON lines', href: find('readings') },
        { name: 'A stream', href: find('countdown') },
        { name: 'A download', href: find('download') },
      ],
    });
  }

  @Sse('/clock', { retry: 1000 })
  clock(@LastEventId() last: string | undefined, @Ctx() context: Context) {
    return runClock(last, context.signal);
  }

  @Get('/readings')
  readings() {
    return jsonLines(takeReadings());
  }

  @Get('/countdown')
  countdown() {
    return stream(countDown(), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  }

  @Get('/tides')
  download() {
    return file('tides.csv', { root: FILES, filename: 'tides.csv', maxAge: 3600 });
  }
}

/** There is never a whole list in memory: each reading is made after the client has received the one before. */
function* takeReadings() {
  for (let hour = 0; hour < 24; hour++) yield { hour, celsius: Math.round(15 - 8 * Math.cos(hour / 4)) };
}

async function* countDown() {
  for (let number = 3; number > 0; number--) {
    yield `${number}\n`;
    await wait(100);
  }
  yield 'lift-off\n';
}
