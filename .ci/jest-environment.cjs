// The environment of every test file. While a file runs, a record says which process runs it since when, and which
// processes it has started, so that .ci/jest.mjs can end a file that never ends by itself: a busy loop cannot be
// interrupted from inside. The processes that a file has started end with it, also if a test fails before it stops them.
const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

const STARTS = 'child_process';

module.exports = class RecordedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.file = path.relative(config.globalConfig.rootDir, context.testPath);
    this.since = Date.now();
    this.children = new Set();
    this.note = ({ process: child }) => {
      this.children.add(child);
      // It has no id yet.
      queueMicrotask(() => this.writeRecord());
      child.once('exit', () => {
        this.children.delete(child);
        this.writeRecord();
      });
    };
    subscribe(STARTS, this.note);
    const folder = process.env.RUNNING_TESTS;
    if (folder) this.record = path.join(folder, String(process.pid));
    this.writeRecord();
  }

  async teardown() {
    unsubscribe(STARTS, this.note);
    await super.teardown();
    for (const child of this.children) {
      // It has not started. Until its error has been reported, `kill` would end another process: its id is not set, and
      // 0 is the whole group of this one.
      if (child.pid === undefined) continue;
      // One that was killed may not have ended yet.
      if (!child.killed)
        process.stderr.write(`${this.file} left a process behind: ${child.spawnargs.join(' ')}\n`);
      child.kill('SIGKILL');
    }
    if (this.record) rmSync(this.record, { force: true });
    this.record = undefined;
  }

  writeRecord() {
    if (!this.record) return;
    const children = [...this.children].flatMap(({ pid }) => pid ?? []);
    writeFileSync(this.record, JSON.stringify({ file: this.file, since: this.since, children }));
  }
};
