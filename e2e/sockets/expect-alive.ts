import { RawConnection } from './raw-connection';

/** Whatever was done to a server: whoever comes next, on a connection of their own, is answered. */
export async function expectAlive(port: number): Promise<void> {
  const connection = await RawConnection.open(port);
  expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  connection.cut();
}
