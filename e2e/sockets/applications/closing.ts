import { setTimeout as wait } from 'node:timers/promises';
import { notes, serve } from '../serve';

void serve({
  routes: [
    { method: 'GET', path: '/', handler: () => 'alive' },
    {
      method: 'GET',
      path: '/slow',
      handler: async (context) => {
        notes.push('slow');
        context.background(async () => {
          await wait(100);
          process.stdout.write('background is done\n');
        });
        await wait(300);
        return 'slow';
      },
    },
    {
      method: 'GET',
      path: '/never',
      handler: () => {
        notes.push('never');
        return new Promise(() => {});
      },
    },
  ],
});
