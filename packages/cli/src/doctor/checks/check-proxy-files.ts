import type { Finding } from '../finding';
import { readFiles } from '../read-files';

const FOLDERS = ['', 'deploy', 'deployment', 'docker', 'nginx', 'conf', 'config', 'ops'];
const NAME = /^(?:.*\.conf|Caddyfile|nginx.*)$/;
/** The engines close a connection that has been idle for so long. */
const IDLE_SECONDS = 10;

/** Reads the configurations of nginx and Caddy that a project has where one expects them. */
export function readProxyFiles(folder: string): Map<string, string> {
  return readFiles(folder, FOLDERS, (name) => NAME.test(name));
}

/** Finds proxies that keep an idle connection longer than Sluice, so that a request is sent on one that closes. Pure. */
export function checkProxyFiles(files: ReadonlyMap<string, string>): Finding[] {
  return [...files].flatMap(([name, text]) => {
    const seconds = /caddyfile/i.test(name) ? readCaddy(text) : readNginx(text);
    return seconds === undefined ? [] : [describe(name, seconds)];
  });
}

function describe(name: string, seconds: number): Finding {
  const text = `${name} keeps idle connections to the application for ${seconds} s; Sluice closes them after ${IDLE_SECONDS} s.`;
  if (seconds < IDLE_SECONDS) return { code: 'PROXY_KEEP_ALIVE', level: 'fine', text };
  return {
    code: 'PROXY_KEEP_ALIVE',
    level: 'warning',
    text: `${text} A request on a connection that is being closed is lost.`,
    cure: 'Give the proxy a shorter time: keepalive_timeout 8s; in upstream of nginx, keepalive 8s in transport http of Caddy (docs/proxy.md).',
  };
}

/** nginx keeps connections to an upstream if it has `keepalive`, by default for a minute. The longest of several counts. */
function readNginx(text: string): number | undefined {
  const upstreams = dropComments(text).matchAll(/\bupstream\s+[^\s{]+\s*\{([^}]{0,10000})\}/g);
  const kept = [...upstreams].map(([, content]) => content!).filter((one) => /\bkeepalive\s+\d/.test(one));
  return findLongest(
    kept.map((one) => readSeconds(/\bkeepalive_timeout\s+(\d+)(ms|s|m|h)?/.exec(one)) ?? 60),
  );
}

/** Caddy keeps connections for two minutes by default. The longest of several counts. */
function readCaddy(text: string): number | undefined {
  const content = dropComments(text);
  if (!/\breverse_proxy\b/.test(content)) return undefined;
  const given = [...content.matchAll(/\bkeepalive\s+(?:off\b|(\d+)(ms|s|m|h)?)/g)];
  if (given.length === 0) return 120;
  return findLongest(given.filter(([, count]) => count !== undefined).map((one) => readSeconds(one)!));
}

function findLongest(seconds: readonly number[]): number | undefined {
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}

function dropComments(text: string): string {
  const lines = text.split('\n').map((line) => line.split('#')[0]);
  return lines.join('\n');
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

function readSeconds(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : Number(match[1]) * UNITS[match[2] ?? 's']!;
}
