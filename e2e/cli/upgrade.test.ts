import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runSluice, UserProject } from './run-sluice';

const MANIFEST = '{ "name": "notes", "dependencies": { "@sluice/core": "^0.0.1" } }\n';

describe('sluice upgrade', () => {
  it('reports on a dry run what it would change, and then changes it', async () => {
    using project = new UserProject({ 'package.json': MANIFEST });
    const read = (): string => readFileSync(path.join(project.folder, 'package.json'), 'utf8');
    const dry = await runSluice(project.folder, 'upgrade', '--dry-run');
    expect([dry.code, dry.stderr, read()]).toEqual([0, '', MANIFEST]);
    const [, version] = /^@sluice\/core {2}\^0\.0\.1 {2}-> \^(\d+\.\d+\.\d+)$/m.exec(dry.stdout)!;
    const done = await runSluice(project.folder, 'upgrade', '--json');
    expect(JSON.parse(done.stdout)).toMatchObject({
      version,
      isDone: true,
      upgrades: [{ to: `^${version}` }],
    });
    expect(read()).toBe(MANIFEST.replace('0.0.1', version!));
  });
});
