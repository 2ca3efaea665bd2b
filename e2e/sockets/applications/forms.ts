import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Controller, File, Files, Form, Get, Multipart, Post, type UploadedFile } from '@sluice/core';
import { notes, serve } from '../serve';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

@Controller('/')
class FormsController {
  @Get() alive() {
    return 'alive';
  }

  /** The memory that the process cannot free, in bytes. */
  @Get('/kept') kept() {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  }

  @Post('/upload')
  @Multipart({ spoolAbove: 1000, stallTimeout: 2000 })
  async upload(
    @File('it', { maxBytes: 10 * 1024 * 1024 }) it: UploadedFile | undefined,
    @Form('title') title: string,
  ) {
    notes.push('handled');
    const { byteLength } = (await it?.bytes()) ?? { byteLength: 0 };
    return { title, size: byteLength, spooled: it?.path !== undefined };
  }
}

@Controller('/narrow')
@Multipart({ parts: 4, fields: 2, files: 3, fieldBytes: 5, nameBytes: 6, headerBytes: 200, spoolAbove: 0 })
class NarrowController {
  @Post() take(
    @Form({ validate: false }) form: unknown,
    @Files('it', { max: 2, maxBytes: 4 }) files: UploadedFile[],
  ) {
    return { form, files: files.length };
  }

  @Post('/fail') fail(@Files('it') _files: UploadedFile[]) {
    throw new Error('a failure');
  }
}

void serve({ controllers: [FormsController, NarrowController] });
