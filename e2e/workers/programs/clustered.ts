import cluster from 'node:cluster';
import path from 'node:path';

/** Starts several processes of a program that does not know about it, as the cluster mode of PM2 does. Ends when one has a problem. */
cluster.setupPrimary({ exec: path.join(__dirname, 'served.ts'), silent: true });
for (const _ of [1, 2]) {
  cluster.fork().process.stderr!.on('data', (text: Buffer) => {
    process.stderr.write(text);
    if (!/workers: /.test(text.toString())) return;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
  });
}
