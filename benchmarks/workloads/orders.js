// An order of five properties and three items, and what every check of one must refuse.

export const ORDER = {
  customer: 'Ada Lovelace',
  email: 'ada@example.com',
  gift: false,
  items: [1, 2, 3].map((number) => ({ name: `Item ${number}`, price: number * 1.5, quantity: number })),
  priority: 1,
};

const [ITEM] = ORDER.items;

/** A list in the place of an order is not among them: routing-controllers lets it pass. */
export const WRONG_ORDERS = [
  { ...ORDER, customer: 5 },
  { ...ORDER, customer: 'x'.repeat(51) },
  { ...ORDER, email: 'nobody' },
  { ...ORDER, email: undefined },
  { ...ORDER, gift: 'no' },
  { ...ORDER, priority: 1.5 },
  { ...ORDER, priority: -1 },
  { ...ORDER, more: 1 },
  { ...ORDER, items: ITEM },
  { ...ORDER, items: [ITEM, 5] },
  { ...ORDER, items: [{ ...ITEM, name: null }] },
  { ...ORDER, items: [{ ...ITEM, price: '1' }] },
  { ...ORDER, items: [{ ...ITEM, quantity: 101 }] },
  { ...ORDER, items: [{ ...ITEM, more: 1 }] },
];
