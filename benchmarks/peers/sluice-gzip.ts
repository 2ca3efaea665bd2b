import { gzip } from '@sluice/compression';
import { Controller, Get, UseMiddleware } from '@sluice/core';
import { ARTICLE } from '../workloads/payloads.js';

@Controller('/')
@UseMiddleware(gzip({ minimumSize: 500, compressLevel: 6 }))
export class GzipController {
  @Get('/article')
  show() {
    return ARTICLE;
  }
}
