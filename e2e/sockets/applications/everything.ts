import {
  Body,
  Controller,
  Cookie,
  File,
  Form,
  Get,
  Param,
  Post,
  Query,
  type UploadedFile,
} from '@sluice/core';
import { compression } from '@sluice/compression';
import { cors } from '@sluice/cors';
import { Session, session, type SessionData } from '@sluice/session';
import { IsInt, IsString, MaxLength } from 'class-validator';
import { serve } from '../serve';

class Note {
  @IsString()
  @MaxLength(20)
  text!: string;

  @IsInt()
  stars!: number;
}

@Controller()
class EverythingController {
  @Get('/notes/:id')
  show(
    @Param('id') id: number,
    @Query('tag', [String]) tags: string[],
    @Cookie('theme') theme: string = 'light',
  ) {
    const inherited: string[] = [];
    for (const name in {}) inherited.push(name);
    return { id, tags, theme, inherited };
  }

  @Post('/notes')
  create(@Body() note: Note) {
    return note;
  }

  @Get('/visits')
  @Post('/visits')
  visits(@Session() data: SessionData) {
    const visits = Number(data['visits'] ?? 0) + 1;
    data['visits'] = visits;
    return { visits };
  }

  @Post('/form')
  form(@Form('name') name: string, @File('file') file: UploadedFile | undefined) {
    return { name, size: file?.size };
  }
}

void serve({
  controllers: [EverythingController],
  bodyLimit: 20_000,
  middleware: [
    cors({ allowOrigins: ['https://app.example'] }),
    compression({ minimumSize: 10 }),
    session({ secretKey: 'a secret for tests that is long enough' }),
  ],
});
