import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../documents/list-documents';
import { Program } from './program';

const SAMPLE = path.join(ROOT, 'samples/12-without-decorators');
const MAIN = path.join(SAMPLE, 'src/main.ts');

const REMOVES_TYPES = Boolean((process.features as { readonly typescript?: unknown }).typescript);

/** Each way to run the sample: makes the program, and returns the arguments of Node. */
const WAYS: Readonly<Record<string, (folder: string) => readonly string[]>> = {
  tsc: () => [path.join(SAMPLE, 'dist/main.js')],
  tsx: () => ['--import', pathToFileURL(require.resolve('tsx')).href, MAIN],
  esbuild: (folder) => {
    const options = {
      entryPoints: [MAIN],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    };
    return run(
      `(await import('esbuild')).buildSync(${JSON.stringify({ ...options, outfile: `${folder}/main.mjs` })})`,
      folder,
    );
  },
  Vite: (folder) => {
    const output = { entryFileNames: 'main.mjs' };
    const build = { ssr: 'src/main.ts', outDir: folder, emptyOutDir: false, rollupOptions: { output } };
    const options = { root: SAMPLE, configFile: false, logLevel: 'error', build, ssr: { external: true } };
    return run(`await (await import('vite')).build(${JSON.stringify(options)})`, folder);
  },
  // Node removes the types itself from 22.18 on.
  ...(REMOVES_TYPES && { Node: () => [MAIN] }),
};

function run(script: string, folder: string): readonly string[] {
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, stdio: 'pipe' });
  return [path.join(folder, 'main.mjs')];
}

describe.each(Object.keys(WAYS))('The sample without decorators, compiled by %s', (way) => {
  it('lists, shows, adds and removes notes, and checks what it takes and sends', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'without-decorators-'));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    try {
      await using program = Program.start(process.execPath, WAYS[way]!(folder), { env: { PORT: '0' } });
      const url = await program.waitForUrl();
      expect(program.stdout).toMatch(
        /^POST +\/notes +controller\('\/notes'\) POST \/ +writers > body\(json\)/m,
      );
      const notes = `${url}/notes`;
      expect(await ask(`${notes}/1`)).toEqual([200, { id: 1, text: 'Buy milk', tags: ['home'] }]);
      expect(await ask(`${notes}/one`)).toEqual([422, ['path /id integer']]);
      expect(await send('POST', notes, '{"text":"Rest"}')).toEqual([201, { id: 2, text: 'Rest', tags: [] }]);
      expect(await send('POST', notes, '{"text":5}')).toEqual([422, ['body /text text']]);
      expect((await send('POST', notes, '{"text":"Rest"}', ''))[0]).toBe(401);
      expect(await ask(`${notes}?tag=home&limit=1`)).toEqual([
        200,
        [{ id: 1, text: 'Buy milk', tags: ['home'] }],
      ]);
      expect((await send('DELETE', `${notes}/2`))[0]).toBe(204);
      expect((await ask(`${notes}/2`))[0]).toBe(404);
      expect(await program.stop()).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function send(method: string, url: string, body?: string, key = 'letmein'): Promise<[number, unknown]> {
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  return ask(url, { method, headers, ...(body !== undefined && { body }) });
}

async function ask(url: string, init?: RequestInit): Promise<[number, unknown]> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (text === '') return [response.status, undefined];
  const answer = JSON.parse(text) as { errors?: { in: string; pointer: string; code: string }[] };
  return [response.status, answer.errors?.map((one) => `${one.in} ${one.pointer} ${one.code}`) ?? answer];
}
