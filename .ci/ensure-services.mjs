// Finds or installs the programs that the tests start beside an application.
import { ensureCaddy } from './ensure-caddy.mjs';
import { ensureHaproxy } from './ensure-haproxy.mjs';
import { ensureNginx } from './ensure-nginx.mjs';
import { ensurePostgres } from './ensure-postgres.mjs';
import { ensureRedis } from './ensure-redis.mjs';
import { ensureSchemathesis } from './ensure-schemathesis.mjs';

const SERVICES = [ensureRedis, ensurePostgres, ensureNginx, ensureHaproxy, ensureCaddy, ensureSchemathesis];

/** One after the other; ends the process where one is missing and cannot be installed. */
export async function ensureServices() {
  for (const ensure of SERVICES) await ensure();
}
