import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ConfigurationProblem } from '../configuration/configuration-error';

const NAMES = ['uWebSockets.js', 'uWebSockets.js-next'];

/** Describes why no build of the engine loads, and what to install on this machine. */
export function describeMissing(failures: readonly string[]): ConfigurationProblem {
  const { platform, arch, version } = process;
  const fault = `No µWebSockets build loads for Node ${version} on ${platform}-${arch} (${describeLibc()}). ${failures.join(' · ')}`;
  const cure = [findLikelyCure(), CURE].filter(Boolean).join(' ');
  return { code: 'ENGINE_MISSING', place: 'app.listen', fault, cure };
}

const CURE =
  'Leave the engine to auto, which takes node:http here; or use Node 20 or 22 on glibc ≥ 2.31, or Node 22, 24 or 26 on glibc ≥ 2.38 (Debian 13, Ubuntu 24.04), not Alpine; install without --omit=optional; or point the alias uWebSockets.js at another build with "overrides" (docs/engine.md).';

/** The cure, if the cause is a bundle without the engine, or a change of the Node version; otherwise empty. */
export function findLikelyCure(): string {
  const installed = NAMES.flatMap((name) => resolveWrapper(name) ?? []);
  if (installed.length === 0)
    return `If this is a bundle, keep ${NAMES.join(' and ')} external, and install them where it runs.`;
  const nodes = new Set(installed.flatMap(listBinaries));
  const [own = ''] = process.versions.node.split('.');
  if (nodes.size === 0 || nodes.has(own)) return '';
  return `The engine was installed with Node ${[...nodes].join(' and ')}, and npm installs the binary of one version only: reinstall with this Node (npm ci, or remove node_modules and run npm install).`;
}

function resolveWrapper(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** The versions of Node for which a binary is installed where the wrapper looks for it. */
function listBinaries(wrapper: string): string[] {
  const folders = createRequire(wrapper).resolve.paths('@uwsjs/core') ?? [];
  const prefix = `${process.platform}-${process.arch}-`;
  return folders
    .flatMap((folder) => listFolder(path.join(folder, '@uwsjs')))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function describeLibc(): string {
  if (process.platform !== 'linux') return 'no glibc';
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? 'musl' : `glibc ${header.glibcVersionRuntime}`;
}
