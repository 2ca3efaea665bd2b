import { BodilessAnswers } from '../../../src/engine/uws/bodiless-answers';

const MOST = 16_384;
const makeAddress = (last: number) => () => Uint8Array.of(10, 0, 0, last).buffer;

describe('BodilessAnswers', () => {
  let answers: BodilessAnswers;

  beforeEach(() => {
    jest.useFakeTimers();
    answers = new BodilessAnswers();
  });
  afterEach(() => jest.useRealTimers());

  /** How many of so many answers to an address have to wait. */
  function countWaiting(count: number, last = 1): number {
    return Array.from({ length: count }, () => answers.mustWait(makeAddress(last))).filter(Boolean).length;
  }

  it('lets the usual number of answers pass, and looks at few addresses', () => {
    const readAddress = jest.fn(makeAddress(1));
    for (let count = 0; count < 640; count++) expect(answers.mustWait(readAddress)).toBe(false);
    expect(readAddress).toHaveBeenCalledTimes(10);
    expect(countWaiting(MOST - 640)).toBe(0);
  });

  it('lets some answers wait above it, of this address only', () => {
    countWaiting(MOST);
    expect(countWaiting(640)).toBe(10);
    expect(countWaiting(640, 2)).toBe(0);
  });

  it('forgets an address after ten seconds', () => {
    countWaiting(MOST);
    jest.advanceTimersByTime(10_001);
    expect(countWaiting(640)).toBe(0);
  });
});
