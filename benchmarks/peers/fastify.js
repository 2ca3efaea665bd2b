import { startFastify } from './fastify-application.js';

await startFastify();
