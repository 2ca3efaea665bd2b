import { RawConnection } from '../sockets/raw-connection';
import type { Random } from './random';
import { makeValidRequest } from './valid-requests';

/** The account of honest clients: they send valid requests one after the other, and check every answer. */
export class HonestAccount {
  requests = 0;
  worstWaitMs = 0;
  /** The first wrong answers. */
  readonly wrong: string[] = [];

  noteWrong(fault: string): void {
    if (this.wrong.length < 10) this.wrong.push(fault);
  }
}

/** Sends requests on connections that are kept alive, until `isOver`. Never rejects. */
export async function runHonestClient(
  port: number,
  random: Random,
  account: HonestAccount,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    try {
      await useConnection(await RawConnection.open(port), random, account, isOver);
    } catch (error) {
      account.noteWrong(String(error));
      return;
    }
  }
}

async function useConnection(
  connection: RawConnection,
  random: Random,
  account: HonestAccount,
  isOver: () => boolean,
): Promise<void> {
  try {
    while (!isOver()) {
      const { name, bytes, isHead, isRight } = makeValidRequest(random);
      const sentAt = performance.now();
      connection.send(bytes);
      const response = await connection.readResponse({ isHead: isHead === true }).catch((error: Error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      account.worstWaitMs = Math.max(account.worstWaitMs, Math.round(performance.now() - sentAt));
      account.requests++;
      if (!isRight(response))
        account.noteWrong(`${name}: ${response.status} ${response.body.toString('latin1').slice(0, 200)}`);
      if (response.header('connection') === 'close') return;
    }
  } finally {
    connection.cut();
  }
}
