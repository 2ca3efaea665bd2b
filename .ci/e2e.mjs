// `npm run e2e`: the promises made to users, on real sockets and in a real browser.
import './check-node.mjs';
import { build } from './build.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureServices } from './ensure-services.mjs';
import { ensureInstalled } from './install.mjs';
import { finish, runJest } from './jest.mjs';

await ensureInstalled();
await ensureServices();
const env = { CHROMIUM_PATH: await ensureChromium() };
process.stdout.write('Building ...\n');
await build();
finish([await runJest('e2e', ['--roots', 'e2e', ...process.argv.slice(2)], { env })]);
