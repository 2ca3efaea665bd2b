// Compares ways to validate one body in this process, in turns: `npm run bench:validation`. Only the ratio matters.
import { createRequire } from 'node:module';
import { prepare } from './harness/prepare.js';

const ROUNDS = 9;
const RUNS = 4000;

await prepare();
const { Ajv } = await import('ajv');
const { findMedian } = await import('./harness/find-median.js');
const { isOrder } = await import('./peers/check-order.js');
const { JSON_SCHEMA_ORDER } = await import('./peers/order-json-schema.js');
const { VALIBOT_ORDER, ZOD_ORDER } = await import('./peers/order-schemas.js');
const { ORDER, WRONG_ORDERS } = await import('./workloads/orders.js');
const { Order } = await import('./dist/peers/sluice-order.js');
// Sluice's own copies: this folder has others.
const require = createRequire(new URL('../packages/core/package.json', import.meta.url));
const { plainToInstance } = require('class-transformer');
const { validate } = require('class-validator');
const { compileValidator } = require('./dist/validation/compile-validator.js');

const strict = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const WAYS = {
  'class-validator': async (plain) => {
    const order = plainToInstance(Order, plain);
    refuseUnless((await validate(order, strict)).length === 0);
  },
  sluice: useValidator(Order),
  'sluice, zod': useValidator(ZOD_ORDER),
  'sluice, valibot': useValidator(VALIBOT_ORDER),
  ajv: useCheck(new Ajv().compile(JSON_SCHEMA_ORDER)),
  'by hand': useCheck(isOrder),
};

function useValidator(target) {
  const check = compileValidator(target);
  return (plain) => check(plain, 'body');
}

function useCheck(isValid) {
  return (plain) => refuseUnless(isValid(plain));
}

function refuseUnless(isValid) {
  if (!isValid) throw new Error('refused');
}

/** A body as it comes from the wire: nothing is shared. */
const copy = (value) => JSON.parse(JSON.stringify(value));
const bodies = Array.from({ length: RUNS }, () => copy(ORDER));

/** That all accept and refuse the same, before anything is timed. */
async function checkAnswers(name, check) {
  await check(copy(ORDER));
  for (const wrong of WRONG_ORDERS) {
    const isRefused = await refuses(check, copy(wrong));
    if (!isRefused) throw new Error(`${name} lets pass ${JSON.stringify(wrong)}`);
  }
}

async function refuses(check, plain) {
  try {
    await check(plain);
    return false;
  } catch {
    return true;
  }
}

/** CPU µs a body. */
async function measure(check) {
  const before = process.cpuUsage();
  for (const plain of bodies) {
    const outcome = check(plain);
    if (outcome instanceof Promise) await outcome;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / RUNS;
}

for (const [name, check] of Object.entries(WAYS)) await checkAnswers(name, check);
const costs = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]));
for (let round = -3; round < ROUNDS; round++)
  for (const [name, check] of Object.entries(WAYS)) {
    const cost = await measure(check);
    if (round >= 0) costs[name].push(cost);
  }
const peer = findMedian(costs['class-validator']);
console.log('CPU µs a body, median of rounds in turns | times the rate of plainToInstance + validate');
for (const [name, values] of Object.entries(costs)) {
  const cost = findMedian(values);
  console.log(`${name.padEnd(16)} ${cost.toFixed(2).padStart(8)} | ${(peer / cost).toFixed(1)}`);
}
