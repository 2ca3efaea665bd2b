import { STATUS_CODES } from 'node:http';
import { REASON_PHRASES } from '../../../src/http/status/reason-phrases';

describe('the reason phrases', () => {
  it('are those of Node, except for the two that RFC 9110 §15 renamed', () => {
    expect(REASON_PHRASES).toEqual({
      ...STATUS_CODES,
      413: 'Content Too Large',
      422: 'Unprocessable Content',
    });
  });
});
