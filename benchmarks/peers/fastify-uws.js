import { serverFactory } from '@geut/fastify-uws';
import { startFastify } from './fastify-application.js';

await startFastify({ serverFactory });
