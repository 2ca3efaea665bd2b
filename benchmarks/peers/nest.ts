// NestJS on Express, Fastify or Node's own server (the flavour), with the middleware of that platform.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { assignment } from './assignment.js';
import { findController } from './nest-controllers.js';

const { flavour, host, port, variant } = assignment;

const controller =
  variant === 'orders' ? (await import('./nest-orders.js')).OrdersController : findController(flavour);

@Module({ controllers: [controller] })
class BenchmarkModule {}

const starts: Record<string, () => Promise<void>> = {
  express: startOnExpress,
  fastify: startOnFastify,
  node: startOnNode,
};
await starts[flavour]!();

async function startOnExpress() {
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  const { compress, stack } = await import('./express-middleware.js');
  const app = await NestFactory.create<NestExpressApplication>(BenchmarkModule, new ExpressAdapter(), {
    logger: false,
  });
  app.disable('x-powered-by');
  app.set('etag', variant === 'defaults' && 'weak');
  if (variant === 'stack') for (const middleware of stack) app.use(middleware);
  if (variant === 'gzip') app.use(compress);
  if (variant === 'defaults') {
    const { defaults } = await import('./express-defaults.js');
    for (const middleware of defaults) app.use(middleware);
  }
  await app.listen(port, host);
}

async function startOnFastify() {
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const { addCompression, addStack } = await import('./fastify-plugins.js');
  const { addDefaults, DEFAULTS_OPTIONS } = await import('./fastify-defaults.js');
  const adapter = new FastifyAdapter(variant === 'defaults' ? DEFAULTS_OPTIONS : {});
  const app = await NestFactory.create<NestFastifyApplication>(BenchmarkModule, adapter, { logger: false });
  const fastify = app.getHttpAdapter().getInstance();
  if (variant === 'stack') await addStack(fastify);
  if (variant === 'gzip') await addCompression(fastify);
  if (variant === 'defaults') await addDefaults(fastify);
  await app.listen(port, host);
}

/** It takes the middleware of Express. */
async function startOnNode() {
  // Not an import that the compiler sees: the package may be missing.
  const name: string = '@nestjs/platform-node';
  const { NodeAdapter } = (await import(name)) as { NodeAdapter: new () => AbstractHttpAdapter };
  const { compress, stack } = await import('./express-middleware.js');
  const app = await NestFactory.create(BenchmarkModule, new NodeAdapter(), { logger: false });
  if (variant === 'stack') for (const middleware of stack) app.use(middleware);
  if (variant === 'gzip') app.use(compress);
  await app.listen(port, host);
}
