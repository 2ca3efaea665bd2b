const { loadsUws } = require('./.ci/loads-uws.cjs');

const { SLUICE_ENGINE: engine, NOT_REPEATED: notRepeated } = process.env;
const hasUws = loadsUws();
// Some tests use programs that come as packages for it only.
const isLinux =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  process.report.getReport().header.glibcVersionRuntime !== undefined;
// Some tests run on either engine and expect what docs/engine.md lists as differences.
process.env.TESTED_ENGINE = engine || (hasUws ? 'uws' : 'node');

/** One configuration for every test in the repository: sources run as they are, through ts-jest. */
module.exports = {
  testEnvironment: '<rootDir>/.ci/jest-environment.cjs',
  setupFiles: ['<rootDir>/.ci/jest-setup.cjs'],
  roots: ['<rootDir>/packages', '<rootDir>/samples', '<rootDir>/e2e'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    // The files of new projects.
    '/templates/',
    ...(hasUws ? [] : ['<rootDir>/(.*/)?uws/']),
    ...(isLinux ? [] : ['<rootDir>/(.*/)?linux-x64/']),
    // A job leaves out the tests that say the same as in another one.
    ...(notRepeated ? [notRepeated] : []),
  ],
  // The engine is native and the e2e suites start programs: two workers are what two cores carry.
  maxWorkers: 2,
  // More than the longest wait of e2e/sockets/within.ts, whose error says what has happened.
  testTimeout: 60_000,
  moduleNameMapper: {
    '^@sluice/([a-z-]+)$': '<rootDir>/packages/$1/src',
    '^@sluice/core/kit$': '<rootDir>/packages/core/src/kit',
    '^@sluice/openapi/page$': '<rootDir>/packages/openapi/src/page.ts',
    '^@sluice/testing/stores$': '<rootDir>/packages/testing/src/stores',
    '^fast-check$': '<rootDir>/.ci/bounded-fast-check.cjs',
  },
  // Types are checked by `npm run check`; here each file is only transpiled (isolatedModules).
  transform: {
    '/samples/12-without-decorators/.+\\.ts$': '<rootDir>/.ci/transpile-module.cjs',
    '^.+\\.ts$': ['ts-jest', { diagnostics: false }],
  },
};
