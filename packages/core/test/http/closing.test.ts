import { Closing } from '../../src/http/closing';

describe('closing', () => {
  it('is the last phase of an application, after which it does not serve again', () => {
    const closing = new Closing();
    expect(closing.phase).toBe('starting');
    closing.serve();
    expect(closing.phase).toBe('serving');
    closing.begin();
    closing.serve();
    expect(closing.phase).toBe('closing');
  });

  it('calls each listener once', () => {
    const closing = new Closing();
    const listener = jest.fn();
    closing.listen(listener);
    expect(listener).not.toHaveBeenCalled();
    closing.begin();
    closing.begin();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('calls a late listener at once', () => {
    const closing = new Closing();
    const listener = jest.fn();
    closing.begin();
    closing.listen(listener);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('does not call a listener that stopped listening', () => {
    const closing = new Closing();
    const listener = jest.fn();
    closing.listen(listener)();
    closing.begin();
    expect(listener).not.toHaveBeenCalled();
  });
});
