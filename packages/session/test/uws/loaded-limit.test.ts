import { createApp } from '@sluice/core';
import { session } from '../../src';
import { SECRET } from '../session-app';

const routes = [{ method: 'GET', path: '/a', handler: show }] as const;
function show(): string {
  return 'ok';
}

describe('the longest cookie', () => {
  it('is compared again with the limit that another application has loaded µWebSockets with', async () => {
    const make = () => createApp({ engine: 'uws', routes, middleware: [session({ secretKey: SECRET })] });
    const late = await make();
    const first = await createApp({ engine: 'uws', maxHeaderBytes: 2048 });
    await first.listen({ port: 0, handleSignals: false });
    await expect(late.listen({ port: 0, handleSignals: false })).rejects.toThrow('HEADER_LIMIT_LOW  show');
    await expect(make()).rejects.toThrow('HEADER_LIMIT_LOW  show');
    await first.close();
  });
});
