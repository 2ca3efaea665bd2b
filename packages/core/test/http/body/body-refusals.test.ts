import { refuseDiscarded, refuseGone, refuseLargeBody } from '../../../src/http/body/body-refusals';

describe('the refusals of a body', () => {
  it('name the limit and close the connection when the body is too large', () => {
    expect(refuseLargeBody(5)).toMatchObject({
      status: 413,
      code: 'content_too_large',
      detail: 'The body is too large; the limit is 5 bytes.',
      headers: { Connection: 'close' },
    });
  });

  it('are 400 when the client disconnected, or the reader is too late', () => {
    expect(refuseGone()).toMatchObject({ status: 400, code: 'client_gone' });
    expect(refuseDiscarded()).toMatchObject({ status: 400, code: 'body_discarded' });
  });
});
