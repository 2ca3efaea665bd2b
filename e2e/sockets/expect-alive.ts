import { RawConnection } from './raw-connection';

/** Expects that a server still answers a client on a new connection. */
export async function expectAlive(port: number): Promise<void> {
  const connection = await RawConnection.open(port);
  expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  connection.cut();
}
