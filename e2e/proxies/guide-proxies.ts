// The proxies that docs/proxy.md configures, with the configurations that it prints, on the ports of the tests.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readBlocks } from '../documents/read-blocks';
import { ProxyServer } from './proxy-server';
import { until } from '../sockets/until';

const GUIDE = readFileSync(path.resolve(__dirname, '../../docs/proxy.md'), 'utf8');
const APPLICATION = '127.0.0.1:8000';

/** The blocks of nginx in the guide: the main one, the upstream of two processes, and the least that nginx takes. */
export const NGINX_BLOCKS = readBlocks(GUIDE, 'nginx');

type Changes = readonly (readonly [part: string | RegExp, replacement: string])[];

/** Replaces parts of a configuration. Throws if one is missing, so that no test runs another configuration than it says. */
export function change(configuration: string, changes: Changes): string {
  return changes.reduce((text, [part, replacement]) => {
    const changed = text.replace(part, replacement);
    if (changed === text) throw new Error(`The configuration does not have ${String(part)}:\n${text}`);
    return changed;
  }, configuration);
}

export const nginxOfTheGuide = (port: number): string =>
  change(NGINX_BLOCKS[0]!, [
    [/listen 443 ssl http2;.*/, 'listen 127.0.0.1:PORT; listen 127.0.0.1:SECURE ssl http2;'],
    ['/etc/ssl/app.example.pem', 'CERTIFICATE'],
    ['/etc/ssl/app.example.key', 'CERTIFICATE'],
    [APPLICATION, `127.0.0.1:${port}`],
  ]);

export const haproxyOfTheGuide = (port: number): string =>
  change(readBlocks(GUIDE, 'haproxy')[0]!, [
    [/bind :443 ssl crt \S+/, 'bind 127.0.0.1:PORT\n  bind 127.0.0.1:SECURE ssl crt CERTIFICATE'],
    [APPLICATION, `127.0.0.1:${port}`],
  ]);

const caddyOfTheGuide = (port: number): string =>
  change(readBlocks(GUIDE, 'caddyfile')[0]!, [
    ['app.example {', 'http://:PORT, https://localhost:SECURE {\n  bind 127.0.0.1'],
    [APPLICATION, `127.0.0.1:${port}`],
  ]);

/** Each starts a proxy in front of the application on a port, whose `/` must answer with 200. */
export const GUIDE_PROXIES: readonly (readonly [
  name: string,
  start: (port: number) => Promise<ProxyServer>,
])[] = [
  ['nginx', (port) => whenReady(ProxyServer.nginx(nginxOfTheGuide(port)))],
  ['HAProxy', (port) => whenReady(ProxyServer.haproxy(haproxyOfTheGuide(port)))],
  ['Caddy', (port) => whenReady(ProxyServer.caddy(caddyOfTheGuide(port)))],
];

/** HAProxy and Caddy check the application when they start, and answer with 503 before they have. */
async function whenReady(starting: Promise<ProxyServer>): Promise<ProxyServer> {
  const proxy = await starting;
  try {
    await until(async () => (await fetch(`http://127.0.0.1:${proxy.port}/`)).status === 200);
  } catch (error) {
    await proxy.stop();
    throw error;
  }
  return proxy;
}
