// Tests that import fast-check get this file (moduleNameMapper in jest.config.cjs): the library, with one
// configuration for all properties. A property ends after PROPERTY_SECONDS, shrinking included. jest waits longer, so
// a failure always prints its seed; `PROPERTY_SEED=<seed> npm test -- <file>` repeats it.
const fc = require('../node_modules/fast-check/lib/cjs/fast-check.js');

const { PROPERTY_SEED: seed, PROPERTY_SECONDS: seconds = '25' } = process.env;

fc.configureGlobal({
  plugins: [fc.interruptAfterTimeLimit(Number(seconds) * 1000, { failOnInterrupt: true })],
  ...(seed ? { seed: Number(seed) } : {}),
});

module.exports = fc;
