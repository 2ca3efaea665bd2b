import { chooseEngine } from '../src/choose-engine';

describe('the engine', () => {
  it('is the given one, else that of the environment, else memory', () => {
    expect(chooseEngine(undefined, {})).toBe('memory');
    expect(chooseEngine(undefined, { SLUICE_TEST_ENGINE: '' })).toBe('memory');
    expect(chooseEngine(undefined, { SLUICE_TEST_ENGINE: 'socket' })).toBe('socket');
    expect(chooseEngine('memory', { SLUICE_TEST_ENGINE: 'socket' })).toBe('memory');
  });

  it('must be memory or socket', () => {
    expect(() => chooseEngine('tcp', {})).toThrow('engine must be "memory" or "socket"');
    expect(() => chooseEngine(undefined, { SLUICE_TEST_ENGINE: 'tcp' })).toThrow(
      'SLUICE_TEST_ENGINE must be "memory" or "socket"',
    );
  });
});
