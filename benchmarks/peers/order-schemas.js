// An order as zod and valibot describe it.
import * as v from 'valibot';
import { z } from 'zod';

export const ZOD_ORDER = z.strictObject({
  customer: z.string().max(50),
  email: z.email(),
  gift: z.boolean(),
  items: z.array(
    z.strictObject({
      name: z.string().max(50),
      price: z.number(),
      quantity: z.int().min(1).max(100),
    }),
  ),
  priority: z.int().min(0),
});

export const VALIBOT_ORDER = v.strictObject({
  customer: v.pipe(v.string(), v.maxLength(50)),
  email: v.pipe(v.string(), v.email()),
  gift: v.boolean(),
  items: v.array(
    v.strictObject({
      name: v.pipe(v.string(), v.maxLength(50)),
      price: v.number(),
      quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
    }),
  ),
  priority: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
