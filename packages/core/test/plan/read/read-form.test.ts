import { Problems } from '../../../src/configuration/problems';
import { DEFAULT_FORM_LIMITS } from '../../../src/form/form-limits';
import type { ParameterRecord } from '../../../src/metadata/records';
import { countFormBytes, planForm, readForm } from '../../../src/plan/read/read-form';

const file = (name: string, more: Partial<ParameterRecord> = {}): ParameterRecord => ({
  index: 0,
  kind: 'file',
  name,
  ...more,
});

const read = (records: readonly ParameterRecord[], multipart = {}) =>
  readForm('X.create', records, multipart, new Problems());

describe('the form of a handler', () => {
  it('is undefined if no parameter takes one', () => {
    expect(read([file('q', { kind: 'query' }), file('body', { kind: 'body' })])).toBeUndefined();
  });

  it('has the default limits, or those of @Multipart', () => {
    expect(read([file('title', { kind: 'field' })])!.limits).toEqual(DEFAULT_FORM_LIMITS);
    expect(read([file('cover')], { fields: 3 })!.limits).toEqual({ ...DEFAULT_FORM_LIMITS, fields: 3 });
  });

  it('has the limits of each file, or those of the form for a file that has none', () => {
    const own = { maxBytes: 10, types: ['image/png'], required: true, max: 2 };
    const form = read([file('cover'), file('pages', { kind: 'files', file: own })], {
      fileBytes: 5,
      files: 7,
    })!;
    expect(form.files).toEqual([
      { name: 'cover', maxBytes: 5, required: false, max: 1 },
      { name: 'pages', ...own },
    ]);
    expect(read([file('all', { kind: 'files' })], { files: 7 })!.files).toMatchObject([{ max: 7 }]);
  });

  it('may have as many bytes as its files and another body, or the total of @Multipart', () => {
    const records = [file('cover'), file('pages', { kind: 'files', file: { maxBytes: 10, max: 3 } })];
    expect(countFormBytes(read(records, { fileBytes: 5 })!, 100)).toBe(135);
    expect(countFormBytes(read(records, { totalBytes: 20 })!, 100)).toBe(20);
  });

  it('is a step that names its files', () => {
    expect(planForm(read([file('cover'), file('pages')])!)).toMatchObject({
      kind: 'form',
      name: 'form(cover, pages)',
    });
  });
});
