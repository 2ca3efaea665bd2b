import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Body,
  BodyLimit,
  Controller,
  Ctx,
  File,
  Form,
  Get,
  Multipart,
  Param,
  Post,
  stream,
  type Context,
  type UploadedFile,
} from '@sluice/core';
import { gzip } from '@sluice/compression';
import { Session, session, type SessionData } from '@sluice/session';
import { IsInt, IsString, MaxLength } from 'class-validator';
import { takeBack } from '../../endurance/take-back';
import { serve } from '../serve';

const fix = process.env['TAKE_BACK'];
if (fix !== undefined) takeBack(fix);

class Note {
  @IsString()
  @MaxLength(100)
  text!: string;

  @IsInt()
  stars!: number;
}

const hashBytes = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

@Controller()
class EnduranceController {
  @Get('/')
  alive() {
    return 'alive';
  }

  @Get('/items/:id')
  show(@Param('id') id: number) {
    return { id, double: id * 2 };
  }

  @Get('/text/:length')
  text(@Param('length') length: number) {
    return 'x'.repeat(length);
  }

  @Get('/later/:length')
  async later(@Param('length') length: number) {
    await wait(2);
    return 'y'.repeat(length);
  }

  @Get('/pieces/:count')
  pieces(@Param('count') count: number) {
    return stream(makePieces(count));
  }

  @Get('/visits')
  visits(@Session() data: SessionData) {
    data['visits'] = Number(data['visits'] ?? 0) + 1;
    return { visits: data['visits'] };
  }

  @Post('/notes')
  create(@Body() note: Note) {
    return note;
  }

  @Post('/hash')
  @BodyLimit(1024 * 1024)
  async hash(@Ctx() { request }: Context) {
    const bytes = await request.bytes();
    return { size: bytes.byteLength, hash: hashBytes(bytes) };
  }

  @Post('/follow')
  @BodyLimit(1024 * 1024)
  async follow(@Ctx() { request }: Context) {
    const hash = createHash('sha1');
    let size = 0;
    for await (const chunk of request.stream()) {
      hash.update(chunk);
      size += chunk.byteLength;
    }
    return { size, hash: hash.digest('hex') };
  }

  /** Reads nothing until its client has gone, so the client has to wait. */
  @Post('/hold')
  @BodyLimit(64 * 1024 * 1024)
  async hold(@Ctx() { signal }: Context) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    return 'held';
  }

  @Post('/form')
  @Multipart({ spoolAbove: 1000 })
  async form(@Form('title') title: string, @File('file') file: UploadedFile | undefined) {
    const bytes = await file?.bytes();
    return { title, size: bytes?.byteLength, hash: bytes && hashBytes(bytes) };
  }
}

async function* makePieces(count: number): AsyncGenerator<string> {
  for (let index = 0; index < count; index++) {
    if (index % 10 === 9) await wait(1);
    yield `piece ${index}\n`;
  }
}

void serve({
  controllers: [EnduranceController],
  bodyLimit: 64 * 1024,
  middleware: [gzip({ minimumSize: 500 }), session({ secretKey: 'a secret for tests that is long enough' })],
});
