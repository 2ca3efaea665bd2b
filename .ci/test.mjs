// `npm test`: everything, on this Node and on Node 22, and the e2e suites on the engine on node:http. `npm test -- packages/cors` runs a part, on this Node.
import './check-node.mjs';
import { build } from './build.mjs';
import { ensureChromium, findChromium } from './ensure-chromium.mjs';
import { ensureHaproxy } from './ensure-haproxy.mjs';
import { ensureNginx } from './ensure-nginx.mjs';
import { ensureRedis } from './ensure-redis.mjs';
import { ensureInstalled } from './install.mjs';
import { finish, runJest } from './jest.mjs';
import { runOnNode22 } from './node-22.mjs';
import { runOnNodeEngine } from './node-engine.mjs';

const selection = process.argv.slice(2);
const everything = selection.length === 0;

await ensureInstalled();
const env = await prepareServices();
process.stdout.write('Building ...\n');
await build();

const totals = [await runJest(`node-${process.versions.node}`, selection, { env })];
if (everything) totals.push(await runOnNodeEngine(env), await runOnNode22());
else process.stdout.write('A part of the tests was asked for: the other jobs run with the whole only.\n');
finish(totals);

/** Finds or installs the programs that the tests need, as environment variables. A part of the tests uses those that are there. */
async function prepareServices() {
  if (everything) for (const ensure of [ensureRedis, ensureNginx, ensureHaproxy]) await ensure();
  const chromium = everything ? await ensureChromium() : findChromium();
  return chromium ? { CHROMIUM_PATH: chromium } : {};
}
