import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Random } from '../endurance/random';
import { RawConnection, type RawResponse } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { findHeaderFault } from './documented-headers';
import type { MemorySample } from './judge-memory';
import { makeStackRequests, type Client, type StackRequest } from './stack-requests';

export interface SoakOptions {
  readonly engine: 'uws' | 'node';
  readonly requests: number;
  readonly seed: number;
  readonly connections?: number;
  readonly onSample?: (sample: MemorySample) => void;
}

/** The account of a server that has answered many requests. */
export interface SoakReport {
  readonly engine: string;
  readonly seed: number;
  /** Answers whose status, header fields and body were compared with the documentation. */
  readonly checked: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<number, number>>;
  /** The first answers that differ from the documentation. */
  readonly wrong: readonly string[];
  readonly requestsPerSecond: number;
  /** The memory of the server, each time after a collection. */
  readonly samples: readonly MemorySample[];
}

const CONNECTIONS = 32;
const MOST_SAMPLES = 20;
/** A sample takes the time of some hundred requests, so a short run has fewer. */
const LEAST_BETWEEN_SAMPLES = 2500;
/** A run ends after so many wrong answers. */
const MOST_WRONG = 10;
const MEBIBYTE = 1024 * 1024;
/** Connections are replaced now and then, so that what belongs to one is also let go. */
const LONGEST_CONNECTION = 1000;
/** A server that does not answer for so long is given up. Far above the usual wait: others may be using the machine. */
const STANDSTILL_MS = 60_000;

/** Sends a mixture of requests to the whole stack, on a bounded number of connections, and checks every answer. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { engine, requests, seed, connections = CONNECTIONS, onSample } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-soak-'));
  const server = await ServerProcess.start('stack', { SLUICE_ENGINE: engine, TMPDIR: folder });
  const account = new Account();
  const clients = Array.from({ length: connections }, (_, index) => new SoakClient(new Random(seed + index)));
  const samples: MemorySample[] = [];
  const sample = async (): Promise<void> => {
    samples.push({ requests: account.checked, ...(await readMemory(server)) });
    onSample?.(samples.at(-1)!);
  };
  try {
    const started = performance.now();
    await sample();
    const parts = Math.min(MOST_SAMPLES, Math.max(4, Math.floor(requests / LEAST_BETWEEN_SAMPLES)));
    for (let part = 1; part <= parts && account.wrong.length < MOST_WRONG; part++) {
      const end = Math.ceil((requests * part) / parts);
      await Promise.all(clients.map((client) => client.run(server.port, account, end)));
      await sample();
    }
    const requestsPerSecond = Math.round((account.checked / (performance.now() - started)) * 1000);
    const { checked, wrong, statuses } = account;
    return { engine, seed, checked, statuses, wrong, requestsPerSecond, samples };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The answers so far, to all clients together. */
class Account {
  checked = 0;
  readonly statuses: Record<number, number> = {};
  readonly wrong: string[] = [];
}

/** One client, which sends requests one after the other. */
class SoakClient {
  private readonly knowledge: Client = {
    cookie: undefined,
    notes: [],
    notesTag: undefined,
    pricesTag: undefined,
    fileTag: undefined,
  };

  constructor(private readonly random: Random) {}

  /** Sends requests until all clients together have sent as many. Never rejects. */
  async run(port: number, account: Account, end: number): Promise<void> {
    const isOver = (): boolean => account.checked >= end || account.wrong.length >= MOST_WRONG;
    while (!isOver()) {
      try {
        const connection = await RawConnection.open(port);
        try {
          for (let count = 0; count < LONGEST_CONNECTION && !isOver(); count++)
            for (const request of makeStackRequests(this.knowledge, this.random))
              await this.ask(connection, request, account);
        } finally {
          connection.cut();
        }
      } catch (error) {
        account.wrong.push(String(error));
      }
    }
  }

  private async ask(connection: RawConnection, request: StackRequest, account: Account): Promise<void> {
    const { bytes, isHead = false, status, headers, hasBody, learn } = request;
    connection.send(bytes);
    const guard = setTimeout(() => connection.cut(), STANDSTILL_MS);
    const response = await connection.readResponse({ isHead });
    clearTimeout(guard);
    account.checked++;
    account.statuses[response.status] = (account.statuses[response.status] ?? 0) + 1;
    const documented = typeof headers === 'function' ? headers(response) : headers;
    const fault =
      response.status === status
        ? (findHeaderFault(response, documented) ??
          (hasBody?.(response) === false ? 'wrong body' : undefined))
        : `status ${response.status}, not ${status}`;
    if (fault !== undefined) account.wrong.push(describe(fault, bytes, response));
    else learn?.(response);
  }
}

function describe(fault: string, request: string, { statusLine, lines, body }: RawResponse): string {
  const head = [statusLine, ...lines.map((line) => line.join(': '))].join('\n');
  return `${fault}\n\n${request}\n${head}\n\n${body.toString('latin1').slice(0, 300)}\n`;
}

/** Reads the memory of the server when its last requests are over. */
async function readMemory(server: ServerProcess): Promise<Omit<MemorySample, 'requests'>> {
  await wait(20);
  const { heapBytes, residentBytes, youngBytes } = await server.report();
  return { heapMb: heapBytes / MEBIBYTE, rssMb: (residentBytes - youngBytes) / MEBIBYTE };
}
