// `npm run e2e`: the promises made to users, on real sockets and in a real browser.
import './check-node.mjs';
import { build } from './build.mjs';
import { ensureCaddy } from './ensure-caddy.mjs';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureHaproxy } from './ensure-haproxy.mjs';
import { ensureNginx } from './ensure-nginx.mjs';
import { ensureRedis } from './ensure-redis.mjs';
import { ensureSchemathesis } from './ensure-schemathesis.mjs';
import { ensureInstalled } from './install.mjs';
import { finish, runJest } from './jest.mjs';

await ensureInstalled();
await ensureRedis();
await ensureNginx();
await ensureHaproxy();
await ensureCaddy();
await ensureSchemathesis();
const env = { CHROMIUM_PATH: await ensureChromium() };
process.stdout.write('Building ...\n');
await build();
finish([await runJest('e2e', ['--roots', 'e2e', ...process.argv.slice(2)], { env })]);
