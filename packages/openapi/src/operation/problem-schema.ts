import type { JsonSchema } from '../schema/json-schema';

export const PROBLEM_DETAILS = 'ProblemDetails';

/** The default body of errors (RFC 9457). A problem may have further members. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference', examples: ['about:blank'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference', examples: ['/notes/7'] },
    code: { type: 'string', description: 'A stable word for programs.' },
    errors: {
      type: 'array',
      description: 'The faults of the request.',
      items: {
        type: 'object',
        required: ['in', 'pointer', 'code', 'detail'],
        properties: {
          in: { enum: ['path', 'query', 'header', 'cookie', 'body'] },
          pointer: { type: 'string', description: 'A JSON Pointer to the place within the part.' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
};
