import { HeaderBlock } from '../../../src/http/headers/header-block';
import { HeaderLine } from '../../../src/http/headers/header-line';
import { ResponseHeaders } from '../../../src/http/headers/headers';

function make(...lines: [string, string][]): ResponseHeaders {
  const headers = new ResponseHeaders();
  for (const [name, value] of lines) headers.append(name, value);
  return headers;
}

describe('the headers of a response', () => {
  it('keep the order in which they were first set, and the name as written', () => {
    const headers = new ResponseHeaders().set('X-B', '1').set('X-A', '2').set('x-b', '3');
    expect([...headers]).toEqual([
      ['X-B', '3'],
      ['X-A', '2'],
    ]);
  });

  it('replace every line of a name that is set', () => {
    const headers = make(['Link', 'a'], ['X', '1'], ['link', 'b'], ['Link', 'c']).set('Link', 'd');
    expect([...headers]).toEqual([
      ['Link', 'd'],
      ['X', '1'],
    ]);
  });

  it('have a line for each value of a list, and none for an empty list', () => {
    const headers = make(['Link', 'a'], ['X', '1'], ['link', 'b']).set('Link', ['c', 'd', 'e']);
    expect([...headers]).toEqual([
      ['Link', 'c'],
      ['X', '1'],
      ['Link', 'd'],
      ['Link', 'e'],
    ]);
    expect([...headers.set('link', [])]).toEqual([['X', '1']]);
    expect(() => headers.set('X', ['2', 'x\r\ny'])).toThrow(TypeError);
    expect([...headers]).toEqual([['X', '1']]);
  });

  it('accept a line that was checked before, as a replacement or as a default', () => {
    const line = new HeaderLine('X-Frame-Options', 'DENY');
    expect([...make(['x-frame-options', 'a'], ['X', '1'], ['X-FRAME-OPTIONS', 'b']).setLine(line)]).toEqual([
      ['x-frame-options', 'DENY'],
      ['X', '1'],
    ]);
    expect([...make().setLine(line)]).toEqual([['X-Frame-Options', 'DENY']]);
    expect([...make(['x-frame-options', 'a']).setDefault(line)]).toEqual([['x-frame-options', 'a']]);
    expect([...make().setDefault(line)]).toEqual([['X-Frame-Options', 'DENY']]);
  });

  it('are defaults until something sets, repeats or removes them', () => {
    const line = new HeaderLine('Cache-Control', 'private');
    const isDefault = (change: (headers: ResponseHeaders) => unknown) => {
      const headers = make();
      headers.setDefault(line);
      change(headers);
      return headers.isDefault('CACHE-control');
    };
    expect(isDefault(() => {})).toBe(true);
    expect(isDefault((headers) => headers.set('X', '1').setDefault(line).vary('Cookie'))).toBe(true);
    expect(isDefault((headers) => headers.set('cache-control', 'private'))).toBe(false);
    expect(isDefault((headers) => headers.setLine(line))).toBe(false);
    expect(isDefault((headers) => headers.append('Cache-Control', 'no-cache'))).toBe(false);
    expect(isDefault((headers) => headers.delete('Cache-Control'))).toBe(false);
    expect(isDefault((headers) => headers.dropRepresentation())).toBe(false);
    expect(isDefault((headers) => headers.delete('Cache-Control').setDefault(line))).toBe(true);
    expect(make(['cache-control', 'a']).setDefault(line).isDefault('cache-control')).toBe(false);
  });

  it('are found by a name in any case, joined or one by one', () => {
    const headers = make(['Link', 'a'], ['LINK', 'b']);
    expect([headers.get('link'), headers.getAll('lInK'), headers.has('LINK'), headers.has('L')]).toEqual([
      'a, b',
      ['a', 'b'],
      true,
      false,
    ]);
    expect(headers.get('Other')).toBeUndefined();
  });

  it('delete every line of a name', () => {
    expect([...make(['A', '1'], ['B', '2'], ['a', '3'], ['a', '4']).delete('A')]).toEqual([['B', '2']]);
  });

  it('do not change when a value is refused', () => {
    const headers = make(['A', '1']);
    expect(() => headers.set('A', 'x\r\ny')).toThrow(TypeError);
    expect(() => headers.append('B', '\n')).toThrow(TypeError);
    expect(() => headers.append('B\n', '1')).toThrow(TypeError);
    expect([...headers]).toEqual([['A', '1']]);
  });

  it('merge Vary', () => {
    const headers = new ResponseHeaders().vary('Origin').vary('accept-encoding, origin').vary('Cookie');
    expect(headers.get('Vary')).toBe('Origin, accept-encoding, Cookie');
    expect(headers.vary('*').vary('X').get('Vary')).toBe('*');
  });

  it('drop those that describe the body and keep the others', () => {
    const headers = make(
      ['Content-Type', 'a/b'],
      ['Content-Security-Policy', "default-src 'self'"],
      ['Content-Security-Policy-Report-Only', "img-src 'self'"],
      ['ETag', '"1"'],
      ['Set-Cookie', 'a=1'],
      ['Last-Modified', 'x'],
      ['Cache-Control', 'public'],
      ['Content-Encoding', 'gzip'],
      ['Vary', 'Origin'],
      ['Expires', '0'],
      ['Accept-Ranges', 'bytes'],
      ['Access-Control-Allow-Origin', '*'],
    );
    headers.dropRepresentation();
    expect([...headers].map(([name]) => name)).toEqual([
      'Content-Security-Policy',
      'Content-Security-Policy-Report-Only',
      'Set-Cookie',
      'Vary',
      'Access-Control-Allow-Origin',
    ]);
  });

  it('have flat lines: name as written, name in lower case, value', () => {
    expect(make(['X-A', '1'], ['x-a', '2']).lines).toEqual(['X-A', 'x-a', '1', 'x-a', 'x-a', '2']);
  });

  describe('with a block', () => {
    const BLOCK = new HeaderBlock([new HeaderLine('X-A', 'a'), new HeaderLine('ETag', '"b"')]);
    const withBlock = (...lines: [string, string][]) => make(...lines).setBlock(BLOCK);
    const WHOLE = [
      ['X-A', 'a'],
      ['ETag', '"b"'],
    ];

    it('have its lines first, in the place of all others of their names', () => {
      expect([...withBlock(['x-a', '1'], ['X-B', '2'], ['X-A', '3'])]).toEqual([...WHOLE, ['X-B', '2']]);
      expect([...withBlock().setBlock(BLOCK)]).toEqual(WHOLE);
    });

    it('keep it whole while only other names are asked for and changed', () => {
      const headers = withBlock(['X-C', '1']).set('X-D', '2').append('X-D', '3').vary('Origin');
      headers.setLine(new HeaderLine('X-C', '4')).delete('X-D');
      expect(headers.get('X-D')).toBeUndefined();
      expect(headers.has('x-a')).toBe(true);
      expect(headers.addMissing(new HeaderLine('x-a', 'z'))).toBe(false);
      expect(headers.block).toBe(BLOCK);
      expect(headers.linesBehindBlock).toEqual(['X-C', 'x-c', '4', 'Vary', 'vary', 'Origin']);
    });

    it.each<[string, (headers: ResponseHeaders) => unknown, string[][]]>([
      ['set', (headers) => headers.set('X-A', '1'), [['X-A', '1'], WHOLE[1]!]],
      ['setLine', (headers) => headers.setLine(new HeaderLine('x-a', '1')), [['X-A', '1'], WHOLE[1]!]],
      ['append', (headers) => headers.append('x-a', '1'), [...WHOLE, ['x-a', '1']]],
      ['delete', (headers) => headers.delete('etag'), [WHOLE[0]!]],
      ['set with a list', (headers) => headers.set('X-A', []), [WHOLE[1]!]],
      ['dropRepresentation', (headers) => headers.dropRepresentation(), [WHOLE[0]!]],
      [
        'setBlock',
        (headers) => headers.setBlock(new HeaderBlock([new HeaderLine('ETag', 'c')])),
        [['ETag', 'c'], WHOLE[0]!],
      ],
    ])('can be changed by %s', (_name, change, expected) => {
      const headers = withBlock();
      change(headers);
      expect([...headers]).toEqual(expected);
    });

    it('read its values', () => {
      const headers = withBlock().append('X-A', '1');
      expect(headers.get('x-a')).toBe('a, 1');
      expect(headers.getAll('X-A')).toEqual(['a', '1']);
      expect(headers.lines.length).toBe(9);
    });

    it('merge Vary with that of the block', () => {
      const headers = make()
        .setBlock(new HeaderBlock([new HeaderLine('Vary', 'Origin')]))
        .vary('Cookie');
      expect([...headers]).toEqual([['Vary', 'Origin, Cookie']]);
    });

    it('refuse one with a header that only the engine writes', () => {
      expect(() => new HeaderBlock([new HeaderLine('Content-Length', 3)])).toThrow(
        new TypeError('Only the engine writes Content-Length.'),
      );
    });
  });
});
