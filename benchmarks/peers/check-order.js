// An order checked by hand, as a good engineer would write it for this one route.
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** Answers whether the value is an order and nothing else. */
export function isOrder(value) {
  return (
    isObjectOf(value, 5) &&
    isShortText(value.customer) &&
    typeof value.email === 'string' &&
    EMAIL.test(value.email) &&
    typeof value.gift === 'boolean' &&
    isIntegerWithin(value.priority, 0, Infinity) &&
    Array.isArray(value.items) &&
    value.items.every(isItem)
  );
}

function isItem(value) {
  return (
    isObjectOf(value, 3) &&
    isShortText(value.name) &&
    typeof value.price === 'number' &&
    isIntegerWithin(value.quantity, 1, 100)
  );
}

/** All keys are asked for afterwards, so that their number tells whether there are others. */
function isObjectOf(value, keys) {
  return typeof value === 'object' && value !== null && Object.keys(value).length === keys;
}

function isShortText(value) {
  return typeof value === 'string' && value.length <= 50;
}

function isIntegerWithin(value, least, most) {
  return Number.isInteger(value) && value >= least && value <= most;
}
