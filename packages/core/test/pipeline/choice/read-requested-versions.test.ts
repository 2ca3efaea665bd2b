import {
  parseAcceptedVersions,
  readRequestedVersions,
} from '../../../src/pipeline/choice/read-requested-versions';
import type { Versioning } from '../../../src/routing/versioning';

const read = (by: Versioning, headers: Record<string, string>) =>
  readRequestedVersions(by, { header: (name) => headers[name.toLowerCase()] });

describe('the versions that a request names', () => {
  it('are the value of a header', () => {
    const by: Versioning = { type: 'header', header: 'X-API-Version' };
    expect(read(by, { 'x-api-version': ' 2 ' })).toEqual(['2']);
    expect(read(by, { 'x-api-version': '' })).toEqual([]);
    expect(read(by, {})).toEqual([]);
  });

  it('are none if the path has them', () =>
    expect(read({ type: 'path' }, { accept: 'a/b;v=1' })).toEqual([]));

  it('are in the parameter of media types, by default v', () => {
    expect(read({ type: 'mediaType' }, { accept: 'application/json;v=2' })).toEqual(['2']);
    expect(read({ type: 'mediaType', parameter: 'api' }, { accept: 'a/b;v=1;API=3' })).toEqual(['3']);
    expect(read({ type: 'mediaType' }, {})).toEqual([]);
  });

  it.each([
    ['a/b;v=1;q=0.5, a/b; v=2', ['2', '1']],
    ['a/b;v=1, a/b;v=2', ['1', '2']],
    ['a/b;v="2"', ['2']],
    ['a/b;v=1;q=0, */*', []],
    ['a/b;v=1;q=abc', []],
    ['a/b;version=1, text/html', []],
    ['a/b;;v=2;', ['2']],
    ['a/b;x="v=1;v=3";v=2', ['2']],
    ['a/b;x="1, c/d;v=3";v=2', ['2']],
    ['a/b;v="2.0,1"', ['2.0,1']],
    ['a/b;v=1;v=2', []],
    ['', []],
    [',;v=1,', []],
  ])('in %j are %j', (accept, versions) => expect(parseAcceptedVersions(accept, 'v')).toEqual(versions));

  it('are read from the first fifty media types only', () => {
    const many = Array.from({ length: 60 }, (_, index) => `a/b;v=${index}`).join();
    expect(parseAcceptedVersions(many, 'v')).toHaveLength(50);
  });
});
