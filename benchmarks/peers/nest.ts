// NestJS on Express or Fastify (the flavour), with the middleware of that platform's own application.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { assignment } from './assignment.js';
import { findController } from './nest-controllers.js';

const { flavour, host, port, variant } = assignment;

const controller =
  variant === 'orders' ? (await import('./nest-orders.js')).OrdersController : findController(flavour);

@Module({ controllers: [controller] })
class BenchmarkModule {}

await (flavour === 'express' ? startOnExpress() : startOnFastify());

async function startOnExpress() {
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  const { compress, stack } = await import('./express-middleware.js');
  const app = await NestFactory.create<NestExpressApplication>(BenchmarkModule, new ExpressAdapter(), {
    logger: false,
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  if (variant === 'stack') for (const middleware of stack) app.use(middleware);
  if (variant === 'gzip') app.use(compress);
  await app.listen(port, host);
}

async function startOnFastify() {
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const { addCompression, addStack } = await import('./fastify-plugins.js');
  const app = await NestFactory.create<NestFastifyApplication>(BenchmarkModule, new FastifyAdapter(), {
    logger: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  if (variant === 'stack') await addStack(fastify);
  if (variant === 'gzip') await addCompression(fastify);
  await app.listen(port, host);
}
