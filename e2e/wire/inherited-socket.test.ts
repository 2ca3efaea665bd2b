import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { Program } from '../programs/program';
import { RawConnection } from '../sockets/raw-connection';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const SOCKETS = path.join(__dirname, '..', 'sockets');

it('a process listens on a socket that it has inherited, on node:http', async () => {
  const server = await new Promise<Server>((resolve) => {
    const made = createServer().listen(0, '127.0.0.1', () => resolve(made));
  });
  const { port } = server.address() as AddressInfo;
  const { fd } = (server as unknown as { readonly _handle: { readonly fd: number } })._handle;
  await using program = Program.start(
    process.execPath,
    ['--require', path.join(SOCKETS, 'typescript.cjs'), path.join(SOCKETS, 'applications', 'inherited.ts')],
    { fd3: fd },
  );
  const [line] = await program.waitFor(/^\{.*\}$/m);
  // Only the child accepts from now on.
  await new Promise((resolve) => server.close(resolve));
  const url = `http://127.0.0.1:${port}`;
  expect(JSON.parse(line)).toEqual({ host: '127.0.0.1', port, url, engine: 'node' });
  expect((await (await RawConnection.open(port)).ask('GET', '/')).body.toString()).toBe('inherited');
});
