// `npm test`: everything, on this Node; then again on node:http, on Node 22 and on Node 24, what differs there.
// `npm test -- packages/cors` runs a part, on this Node.
import './check-node.mjs';
import { build } from './build.mjs';
import { ensureChromium, findChromium } from './ensure-chromium.mjs';
import { ensureServices } from './ensure-services.mjs';
import { ensureInstalled } from './install.mjs';
import { finish, runJest } from './jest.mjs';
import { runOnNodeEngine } from './node-engine.mjs';
import { FIRST_START } from './not-repeated.mjs';
import { runOnNode22, runOnNode24 } from './other-nodes.mjs';

const selection = process.argv.slice(2);
const everything = selection.length === 0;

await ensureInstalled();
const env = await prepareServices();
process.stdout.write('Building ...\n');
await build();

const name = `node-${process.versions.node}`;
if (!everything) {
  process.stdout.write('A part of the tests was asked for: the other jobs run with the whole only.\n');
  finish([await runJest(name, selection, { env })]);
}
finish([
  await runJest(name, [], { env, notRepeated: FIRST_START }),
  ...(await runOnNodeEngine(env)),
  ...(await runOnNode22()),
  ...(await runOnNode24()),
]);

/** Finds or installs the programs that the tests need, as environment variables. A part of the tests uses those that are there. */
async function prepareServices() {
  if (everything) await ensureServices();
  const chromium = everything ? await ensureChromium() : findChromium();
  return chromium ? { CHROMIUM_PATH: chromium } : {};
}
