// An order as JSON Schema describes it, for ajv by itself and in Fastify.

export const JSON_SCHEMA_ORDER = describeObject({
  customer: { type: 'string', maxLength: 50 },
  email: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' },
  gift: { type: 'boolean' },
  items: {
    type: 'array',
    items: describeObject({
      name: { type: 'string', maxLength: 50 },
      price: { type: 'number' },
      quantity: { type: 'integer', minimum: 1, maximum: 100 },
    }),
  },
  priority: { type: 'integer', minimum: 0 },
});

function describeObject(properties) {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
