// The environment of every test file. While a file runs, a record says which process runs it since when, so that
// .ci/jest.mjs can end a file that never ends by itself: a busy loop cannot be interrupted from inside.
const { rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class RecordedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const folder = process.env.RUNNING_TESTS;
    if (!folder) return;
    this.record = path.join(folder, String(process.pid));
    const file = path.relative(config.globalConfig.rootDir, context.testPath);
    writeFileSync(this.record, JSON.stringify({ file, since: Date.now() }));
  }

  async teardown() {
    await super.teardown();
    if (this.record) rmSync(this.record, { force: true });
  }
};
