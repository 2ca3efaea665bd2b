import { formatHead, RawConnection } from '../sockets/raw-connection';

const CONNECTIONS = 16;

/** The result of a load. */
export interface Outcome {
  /** Requests with the right answer. */
  readonly answered: number;
  /** Each other answer, and each connection that ended without one. */
  readonly faults: readonly string[];
}

/**
 * Sends GET and POST in turn to the application `behind`, on 16 kept connections, as long as `goOn` of the number of
 * requests so far says so. A connection is opened again after an answer with `Connection: close`, and after a fault.
 */
export async function load(port: number, goOn: (sent: number) => boolean): Promise<Outcome> {
  const faults: string[] = [];
  let sent = 0;
  let answered = 0;
  const send = async (): Promise<void> => {
    let connection: RawConnection | undefined;
    while (goOn(sent)) {
      const text = sent % 2 === 0 ? 'alive' : `body ${sent}`;
      const isPost = sent++ % 2 === 1;
      try {
        connection ??= await RawConnection.open(port);
        if (isPost) connection.send(formatHead('POST', '/echo', `Content-Length: ${text.length}`) + text);
        else connection.send(formatHead('GET', '/'));
        const response = await connection.readResponse();
        if (response.status === 200 && response.body.toString() === text) answered++;
        else faults.push(`${isPost ? 'POST' : 'GET'}: ${response.statusLine}`);
        if (response.header('connection') !== 'close') continue;
      } catch (error) {
        faults.push(String(error));
      }
      connection?.cut();
      connection = undefined;
    }
    connection?.cut();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  return { answered, faults };
}
