import { createHash } from 'node:crypto';
import { Controller, Files, Form, Get, html, Post, type UploadedFile } from '@sluice/core';
import { UPLOAD_PAGE } from './upload-page';

@Controller('/')
export class UploadsController {
  @Get()
  show() {
    return html(UPLOAD_PAGE);
  }

  @Post('/uploads')
  async receive(
    @Form('title') title: string,
    @Files('pictures', { max: 3, maxBytes: 2_000_000, types: ['image/*'], required: true })
    pictures: UploadedFile[],
  ) {
    return { title, pictures: await Promise.all(pictures.map(describe)) };
  }
}

/** Streams the file, so that a large one is never in memory as a whole. */
async function describe(picture: UploadedFile) {
  const hash = createHash('sha256');
  for await (const chunk of picture.stream()) hash.update(chunk as Uint8Array);
  const { filename, size, mediaType } = picture;
  return { filename, size, mediaType, sha256: hash.digest('hex') };
}
