import { findForms, keepForms } from '../../../src/http/body/kept-forms';

describe('kept forms', () => {
  it('are those of bytes that many responses have', () => {
    const [kept, other] = [Buffer.from('a'), Buffer.from('a')];
    keepForms(kept);
    findForms(kept)?.set('gzip', other);
    expect(findForms(kept)?.get('gzip')).toBe(other);
    expect(findForms(other)).toBeUndefined();
  });
});
