import { formatRecord, parseRecord, type RecordContent } from '../../src/store/record-text';

describe('the text of a record', () => {
  const owner = { userHash: 'x-_9', epoch: 1_900_000_000_000 };
  it.each<RecordContent>([
    { json: '{"a":"\\n>@"}' },
    { json: '{}', owner },
    { json: '{"n":1}', movedTo: 'abc' },
    { json: '{"n":1}', owner, movedTo: 'abc' },
    { json: '', movedTo: '' },
  ])('comes back as it was: %j', (content) => {
    expect(parseRecord(formatRecord(content))).toEqual(content);
  });

  it.each(['', '[1]', '>', '@', '@1', '> \n@', 'x'])('can be anything: %j', (text) => {
    expect(typeof parseRecord(text).json).toBe('string');
  });
});
