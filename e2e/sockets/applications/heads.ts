import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createApp, type ConfigurationError } from '@sluice/core';
import { serve } from '../serve';

/** The outcome of listening with another application of the same process. */
async function listenWith(maxHeaderBytes: number | undefined): Promise<string> {
  const app = await createApp({ ...(maxHeaderBytes !== undefined && { maxHeaderBytes }) });
  try {
    await app.listen({ port: 0, handleSignals: false });
    return 'listens';
  } catch (error) {
    const [problem] = (error as ConfigurationError).problems;
    return `${problem?.code}: ${problem?.fault}`;
  } finally {
    await app.close();
  }
}

function listenInWorker(maxHeaderBytes: number | undefined): Promise<string> {
  const worker = new Worker(__filename, { workerData: maxHeaderBytes });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}

if (isMainThread) {
  const given = process.env['LIMIT'];
  void serve({
    ...(given !== undefined && { maxHeaderBytes: Number(given) }),
    routes: [
      { method: 'GET', path: '/', handler: () => 'alive' },
      { method: 'GET', path: '/cookies', handler: ({ request }) => Object.keys(request.cookies) },
      {
        method: 'GET',
        path: '/other',
        handler: ({ request: { query } }) =>
          (query.has('worker') ? listenInWorker : listenWith)(
            query.has('limit') ? Number(query.get('limit')) : undefined,
          ),
      },
      {
        method: 'GET',
        path: '/variable',
        handler: () => String(process.env['UWS_HTTP_MAX_HEADERS_SIZE']),
      },
    ],
  });
} else void listenWith(workerData as number | undefined).then((outcome) => parentPort!.postMessage(outcome));
