import { guardLogger } from '../../src/http/logger';

describe('a guarded logger', () => {
  it('passes everything on', () => {
    const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
    const guarded = guardLogger(logger);
    const error = new Error('disk');
    guarded.info('started');
    guarded.warn('slow');
    guarded.error(error, 'A task failed.');
    expect([logger.info, logger.warn, logger.error].map(({ mock }) => mock.calls)).toEqual([
      [['started']],
      [['slow']],
      [[error, 'A task failed.']],
    ]);
  });

  it('never throws', () => {
    const fail = () => {
      throw new Error('disk full');
    };
    const guarded = guardLogger({ info: fail, warn: fail, error: fail });
    expect(() => {
      guarded.info('started');
      guarded.warn('slow');
      guarded.error(new Error('disk'));
    }).not.toThrow();
  });
});
