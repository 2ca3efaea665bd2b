import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerProcess, type Report } from '../sockets/server-process';
import { HonestAccount, runHonestClient } from './honest-client';
import { HOSTILE_CLIENTS } from './hostile-clients';
import { Random } from './random';
import type { Fix } from './take-back';

export interface EnduranceOptions {
  readonly seconds: number;
  readonly seed: number;
  /** The kinds of the hostile clients that take part, one for each client; default one of each kind. */
  readonly hostile?: readonly string[];
  /** A fix that is switched off in the server. */
  readonly takeBack?: Fix;
}

/** The account of a server that was used and misused at once. Memory in bytes. */
export interface EnduranceReport {
  readonly seed: number;
  /** Valid requests whose answers were checked. */
  readonly checked: number;
  /** The first wrong answers to valid requests. */
  readonly wrong: readonly string[];
  /** The longest that a valid request waited for its answer, in milliseconds. */
  readonly worstWaitMs: number;
  /** The number of connections of each kind of hostile client. */
  readonly hostile: Readonly<Record<string, number>>;
  readonly residentBefore: number;
  readonly mostResident: number;
  readonly residentAfter: number;
  readonly descriptorsBefore: number | undefined;
  readonly descriptorsAfter: number | undefined;
  readonly temporaryFiles: number;
  /** The first errors in the log of the server. */
  readonly logged: readonly string[];
  /** Why there are no figures: the server has ended, or does not answer any more. */
  readonly failure: string | undefined;
}

const HONEST_CLIENTS = 4;
const WARM_UP_SECONDS = 1;
/** So long the server may take to notice that its last clients have gone. */
const MOST_SETTLING_MS = 45_000;
/** A server that does not answer for so long is given up. Far above the usual wait: others may be using the machine. */
const STANDSTILL_MS = 60_000;

/** Runs a server with honest clients and hostile ones, each of a kind of its own, all at once. */
export async function endure({
  seconds,
  seed,
  hostile,
  takeBack,
}: EnduranceOptions): Promise<EnduranceReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-endurance-'));
  const server = await ServerProcess.start('endurance', {
    TMPDIR: folder,
    ...(takeBack !== undefined && { TAKE_BACK: takeBack }),
  });
  const account = new HonestAccount();
  const counts: Record<string, number> = {};
  try {
    const { descriptors } = await readReport(server);
    await runClients(server.port, WARM_UP_SECONDS, seed, account, []);
    const before = { ...(await settle(server, folder, descriptors)), descriptors };
    await runClients(server.port, seconds, seed, account, hostile ?? Object.keys(HOSTILE_CLIENTS), counts);
    const during = await readReport(server);
    const after = await settle(server, folder, descriptors);
    return {
      ...describe(account, seed, counts, before, during, after),
      temporaryFiles: readdirSync(folder).length,
      failure: undefined,
    };
  } catch (error) {
    const failure = server.isRunning ? String(error) : `The server has ended: ${await server.waitForEnd()}`;
    return { ...describe(account, seed, counts), temporaryFiles: 0, failure };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runClients(
  port: number,
  seconds: number,
  seed: number,
  account: HonestAccount,
  kinds: readonly string[],
  counts: Record<string, number> = {},
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const isOver = (): boolean => performance.now() > end;
  const honest = Array.from({ length: HONEST_CLIENTS }, (_, index) =>
    runHonestClient(port, new Random(seed + index), account, isOver),
  );
  const hostile = kinds.map(async (kind, index) => {
    const random = new Random(seed + 1000 + index);
    while (!isOver()) {
      counts[kind] = (counts[kind] ?? 0) + 1;
      await HOSTILE_CLIENTS[kind]!(port, random, account).catch((error: Error) =>
        account.noteWrong(`${kind}: ${error.message}`),
      );
    }
  });
  await within(seconds * 1000 + STANDSTILL_MS, Promise.all([...honest, ...hostile]));
}

const readReport = (server: ServerProcess): Promise<Report> => within(STANDSTILL_MS, server.report());

/** Rejects if the server keeps others waiting for longer than `milliseconds`. */
function within<T>(milliseconds: number, result: Promise<T>): Promise<T> {
  const standstill = wait(milliseconds, undefined, { ref: false }).then((): never => {
    throw new Error(`The server does not answer for ${STANDSTILL_MS} ms.`);
  });
  return Promise.race([result, standstill]);
}

/** Waits until the server has closed and removed what its clients have left, and reports. */
async function settle(server: ServerProcess, folder: string, descriptors = 0): Promise<Report> {
  const end = performance.now() + MOST_SETTLING_MS;
  const notes: string[] = [];
  for (;;) {
    const report = await readReport(server);
    notes.push(...report.notes);
    const isSettled = (report.descriptors ?? 0) <= descriptors && readdirSync(folder).length === 0;
    if (isSettled || performance.now() > end) return { ...report, notes };
    await wait(100);
  }
}

function describe(
  account: HonestAccount,
  seed: number,
  hostile: Readonly<Record<string, number>>,
  before?: Report,
  during?: Report,
  after?: Report,
): Omit<EnduranceReport, 'temporaryFiles' | 'failure'> {
  return {
    seed,
    checked: account.requests,
    wrong: account.wrong,
    worstWaitMs: account.worstWaitMs,
    hostile,
    residentBefore: before?.residentBytes ?? 0,
    mostResident: during?.mostResidentBytes ?? 0,
    residentAfter: after?.residentBytes ?? 0,
    descriptorsBefore: before?.descriptors,
    descriptorsAfter: after?.descriptors,
    logged: [...(during?.notes ?? []), ...(after?.notes ?? [])].slice(0, 10),
  };
}
