import { Brake } from '../../../src/engine/body/brake';

describe('Brake', () => {
  let calls: string[];
  let brake: Brake;

  beforeEach(() => {
    jest.useFakeTimers();
    calls = [];
    const res = { pause: () => void calls.push('pause'), resume: () => void calls.push('resume') };
    brake = new Brake(res);
  });

  afterEach(() => jest.useRealTimers());

  it('pauses once, and resumes when it is released', () => {
    brake.hold();
    brake.hold();
    expect(calls).toEqual(['pause']);
    brake.release();
    brake.release();
    expect(calls).toEqual(['pause', 'resume']);
    jest.advanceTimersByTime(100_000);
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('resumes after some seconds, so that a client that has gone is noticed', () => {
    brake.hold();
    jest.advanceTimersByTime(2000);
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('waits longer each time while the client goes on sending, up to a minute, so that little is held', () => {
    let resumed = 0;
    for (let second = 0; second < 600; second++) {
      brake.hold();
      jest.advanceTimersByTime(1000);
    }
    resumed = calls.filter((call) => call === 'resume').length;
    // 2, 6, 14, 30 and 62 seconds, then every minute.
    expect(resumed).toBe(13);
  });

  it('begins with short pauses again after a release', () => {
    for (let count = 0; count < 4; count++) {
      brake.hold();
      jest.advanceTimersByTime(60_000);
    }
    brake.hold();
    brake.release();
    calls.length = 0;
    brake.hold();
    jest.advanceTimersByTime(2000);
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('touches nothing after the response has ended', () => {
    brake.hold();
    brake.forget();
    brake.release();
    jest.advanceTimersByTime(100_000);
    expect(calls).toEqual(['pause']);
  });
});
