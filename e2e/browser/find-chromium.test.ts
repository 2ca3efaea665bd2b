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

  it('takes the program that CHROMIUM_PATH names', () => {
    expect(findChromium({ CHROMIUM_PATH: program, PATH: '' })).toBe(program);
  });

  it('takes the first on the PATH', () => {
    const PATH = ['/nowhere', folder].join(path.delimiter);
    expect(findChromium({ PATH })).toBe(program);
  });

  it('says that CHROMIUM_PATH is no program, whatever the PATH has', () => {
    const find = () => findChromium({ CHROMIUM_PATH: '/nowhere/chromium', PATH: folder });
    expect(find).toThrow('CHROMIUM_PATH (/nowhere/chromium) is no program');
  });

  it('says what to install where there is none', () => {
    expect(() => findChromium({ PATH: '/nowhere' })).toThrow(/needs? Chromium.*apt-get install chromium/);
  });
});
