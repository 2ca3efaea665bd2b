import { Context } from '@sluice/core';
import { compileGrant } from '../src/origin-grant';

function makeHeaders(): Context['response']['headers'] {
  return new Context({} as never, {} as never).response.headers;
}

describe('compileGrant', () => {
  it('sets only the origin without credentials and exposed headers', () => {
    const headers = makeHeaders();
    compileGrant(false, [])(headers, 'https://a.example');
    expect([...headers]).toEqual([['Access-Control-Allow-Origin', 'https://a.example']]);
  });

  it('gives each origin its own header, whichever came before', () => {
    const grant = compileGrant(true, []);
    const origins = ['https://a.example', 'https://b.example', 'https://b.example', 'https://a.example'];
    const granted = origins.map((origin) => {
      const headers = makeHeaders();
      grant(headers, origin);
      return headers.get('Access-Control-Allow-Origin');
    });
    expect(granted).toEqual(origins);
  });
});
