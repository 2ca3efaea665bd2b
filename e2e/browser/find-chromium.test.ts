import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './find-chromium';

describe('findChromium', () => {
  let folder: string;
  let program: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'find-chromium-'));
    program = path.join(folder, 'chromium');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds the program in CHROMIUM_PATH', () => {
    expect(findChromium({ CHROMIUM_PATH: program, PATH: '' })).toBe(program);
  });

  it('finds the first on the PATH', () => {
    const PATH = ['/nowhere', folder].join(path.delimiter);
    expect(findChromium({ PATH })).toBe(program);
  });

  it('reports a CHROMIUM_PATH that is not a program, even if the PATH has one', () => {
    const find = () => findChromium({ CHROMIUM_PATH: '/nowhere/chromium', PATH: folder });
    expect(find).toThrow('CHROMIUM_PATH (/nowhere/chromium) is not a program');
  });

  it('says what to install if there is none', () => {
    expect(() => findChromium({ PATH: '/nowhere' })).toThrow(/needs? Chromium.*apt-get install chromium/);
  });
});
