import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, File, Multipart, Post, type UploadedFile } from '@sluice/core';
import { notes, serve } from '../serve';

@Controller('/upload')
class UploadController {
  @Post()
  @Multipart({ spoolAbove: 1000 })
  take(@File('it') file: UploadedFile) {
    notes.push(`upload of ${file.size} bytes`);
    return new Promise(() => {});
  }
}

void serve({
  controllers: [UploadController],
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
      handler: (context) => {
        context.onCleanup(async () => {
          await wait(50);
          process.stdout.write('clean-up of /never\n');
        });
        notes.push('never');
        return new Promise(() => {});
      },
    },
  ],
  onStop: () => {
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-upload-'));
    process.stdout.write(`onStop: ${left.length} temporary files\n`);
  },
});
