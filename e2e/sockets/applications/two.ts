import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from '@sluice/core';
import { serve } from '../serve';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const routes = [{ method: 'GET', path: '/', handler: () => 'here' }] as const;

/** One for the public, and one for operators, which takes longer to close. */
async function main(): Promise<void> {
  const close = async (): Promise<void> => {
    await wait(200);
    print('operators closed');
  };
  const logger = { info() {}, warn() {}, error() {} };
  const operators = await createApp({ logger, routes, onStop: close });
  await operators.listen({ port: 0, host: '127.0.0.1' });
  await serve({ routes, onStop: () => print('public closed') });
}

void main();
