import { rememberAnswers } from '../src/remember-answers';

describe('rememberAnswers', () => {
  it('calls the function once for each text', () => {
    const answer = jest.fn((text: string) => text.length > 3);
    const remembered = rememberAnswers(answer);
    expect([remembered('gzip'), remembered('gzip'), remembered('br'), remembered('br')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('returns the result of each text, in any order', () => {
    const remembered = rememberAnswers((text) => `${text}!`);
    const texts = ['gzip', 'gzip', 'a'.repeat(257), 'gzip', 'br', 'gzip', 'br', 'br', ''];
    expect(texts.map(remembered)).toEqual(texts.map((text) => `${text}!`));
  });

  it('remembers false and 0 too', () => {
    const answer = jest.fn((text: string) => ({ no: false, zero: 0 })[text] as unknown);
    const remembered = rememberAnswers(answer);
    expect(['no', 'zero', 'no', 'zero'].map(remembered)).toEqual([false, 0, false, 0]);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('does not remember texts of more than 256 characters', () => {
    const answer = jest.fn((text: string) => text.length);
    const remembered = rememberAnswers(answer);
    const [longest, longer] = ['a'.repeat(256), 'a'.repeat(257)];
    for (const text of [longest, longest, longer, longer]) expect(remembered(text)).toBe(text.length);
    expect(answer.mock.calls.flat()).toEqual([longest, longer, longer]);
  });

  it('forgets all texts before it exceeds 100', () => {
    const answer = jest.fn((text: string) => text);
    const remembered = rememberAnswers(answer);
    for (let index = 0; index < 101; index += 1) remembered(`text ${index}`);
    remembered('text 0');
    remembered('text 100');
    expect(answer).toHaveBeenCalledTimes(102);
  });
});
