/** The engines that this run tests by name: both, or node:http where it is the one under test. */
export const ENGINES: readonly ('uws' | 'node')[] =
  process.env['TESTED_ENGINE'] === 'node' ? ['node'] : ['uws', 'node'];
