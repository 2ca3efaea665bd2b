import { refuseDiscarded, refuseGone, refuseTooLarge } from '../../../src/http/body/body-refusals';

describe('the refusals of a body', () => {
  it('name the limit and close the connection when the body is too large', () => {
    expect(refuseTooLarge(5)).toMatchObject({
      status: 413,
      code: 'content_too_large',
      detail: 'The body may have at most 5 bytes.',
      headers: { Connection: 'close' },
    });
  });

  it('are 400 when the client disconnected, or the reader is too late', () => {
    expect(refuseGone()).toMatchObject({ status: 400, code: 'client_gone' });
    expect(refuseDiscarded()).toMatchObject({ status: 400, code: 'body_discarded' });
  });
});
