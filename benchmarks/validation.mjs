// Compares ways to validate one body in this process, in turns: `npm run bench:validation`. What counts is the ratio.
import 'reflect-metadata';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../packages/core/package.json', import.meta.url));
const { plainToInstance, Type } = require('class-transformer');
const rules = require('class-validator');
const { Ajv } = createRequire(import.meta.url)('ajv');
const v = require('valibot');
const { z } = require('zod');
const { compileValidator } = require('./dist/pipeline/validation/validate.js');

const ROUNDS = 9;
const RUNS = 4000;

// As TypeScript emits them: with their fields.
class Item {
  name;
  quantity;
  price;
}
class Order {
  customer;
  email;
  priority;
  gift;
  items;
}
const decorate = (type, name, ...decorators) =>
  decorators.forEach((decorator) => decorator(type.prototype, name));
decorate(Item, 'name', rules.IsString(), rules.MaxLength(50));
decorate(Item, 'quantity', rules.IsInt(), rules.Min(1), rules.Max(100));
decorate(Item, 'price', rules.IsNumber());
decorate(Order, 'customer', rules.IsString(), rules.MaxLength(50));
decorate(Order, 'email', rules.IsEmail());
decorate(Order, 'priority', rules.IsInt(), rules.Min(0));
decorate(Order, 'gift', rules.IsBoolean());
decorate(
  Order,
  'items',
  rules.ValidateNested({ each: true }),
  Type(() => Item),
);

const item = z.strictObject({
  name: z.string().max(50),
  quantity: z.int().min(1).max(100),
  price: z.number(),
});
const zod = z.strictObject({
  customer: z.string().max(50),
  email: z.email(),
  priority: z.int().min(0),
  gift: z.boolean(),
  items: z.array(item),
});
const valibot = v.strictObject({
  customer: v.pipe(v.string(), v.maxLength(50)),
  email: v.pipe(v.string(), v.email()),
  priority: v.pipe(v.number(), v.integer(), v.minValue(0)),
  gift: v.boolean(),
  items: v.array(
    v.strictObject({
      name: v.pipe(v.string(), v.maxLength(50)),
      quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
      price: v.number(),
    }),
  ),
});

const body = JSON.stringify({
  customer: 'Ada Lovelace',
  email: 'ada@example.com',
  priority: 1,
  gift: false,
  items: [1, 2, 3].map((number) => ({ name: `Item ${number}`, quantity: number, price: number * 1.5 })),
});
const due = (type, properties) => ({
  type,
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const checkByAjv = new Ajv().compile(
  due('object', {
    customer: { type: 'string', maxLength: 50 },
    email: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' },
    priority: { type: 'integer', minimum: 0 },
    gift: { type: 'boolean' },
    items: {
      type: 'array',
      items: due('object', {
        name: { type: 'string', maxLength: 50 },
        quantity: { type: 'integer', minimum: 1, maximum: 100 },
        price: { type: 'number' },
      }),
    },
  }),
);

const strict = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const byClass = compileValidator(Order);
const byZod = compileValidator(zod);
const byValibot = compileValidator(valibot);
const WAYS = {
  'class-validator': async (plain) => {
    const order = plainToInstance(Order, plain);
    if ((await rules.validate(order, strict)).length > 0) throw new Error('refused');
  },
  sluice: (plain) => byClass(plain, 'body'),
  'sluice, zod': (plain) => byZod(plain, 'body'),
  'sluice, valibot': (plain) => byValibot(plain, 'body'),
  ajv: (plain) => {
    if (!checkByAjv(plain)) throw new Error('refused');
  },
};

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const bodies = Array.from({ length: RUNS }, () => JSON.parse(body));

async function measure(check) {
  const before = process.cpuUsage();
  for (const plain of bodies) {
    const outcome = check(plain);
    if (outcome instanceof Promise) await outcome;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / RUNS;
}

const costs = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]));
for (let round = -3; round < ROUNDS; round++)
  for (const [name, check] of Object.entries(WAYS)) {
    const cost = await measure(check);
    if (round >= 0) costs[name].push(cost);
  }
const peer = median(costs['class-validator']);
console.log('CPU µs a body, median of rounds in turns | times the rate of plainToInstance + validate');
for (const [name, values] of Object.entries(costs))
  console.log(
    `${name.padEnd(16)} ${median(values).toFixed(2).padStart(8)} | ${(peer / median(values)).toFixed(1)}`,
  );
