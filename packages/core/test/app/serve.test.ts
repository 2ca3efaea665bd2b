import { ConfigurationError } from '../../src/configuration/configuration-error';
import { serve } from '../../src/app/serve';

describe('serve', () => {
  it('with one process checks the options of listen before it makes the application', async () => {
    const make = jest.fn();
    await expect(serve(make, { port: Number('eighty'), workers: 1 })).rejects.toThrow(ConfigurationError);
    expect(make).not.toHaveBeenCalled();
  });
});
