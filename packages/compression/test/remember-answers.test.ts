import { rememberAnswers } from '../src/remember-answers';

describe('rememberAnswers', () => {
  it('works an answer out once', () => {
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

  it('does not keep texts of more than 256 characters', () => {
    const answer = jest.fn((text: string) => text.length);
    const remembered = rememberAnswers(answer);
    const [longest, longer] = ['a'.repeat(256), 'a'.repeat(257)];
    for (const text of [longest, longest, longer, longer]) expect(remembered(text)).toBe(text.length);
    expect(answer.mock.calls.flat()).toEqual([longest, longer, longer]);
  });

  it('forgets rather than grow beyond 100 texts', () => {
    const answer = jest.fn((text: string) => text);
    const remembered = rememberAnswers(answer);
    for (let index = 0; index < 101; index += 1) remembered(`text ${index}`);
    remembered('text 0');
    remembered('text 100');
    expect(answer).toHaveBeenCalledTimes(102);
  });
});
