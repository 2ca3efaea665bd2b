import { checkExamples } from './check-examples';

const FORWARDED = {
  host: 'internal',
  'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.0.0.2',
  'x-forwarded-proto': 'https, https',
  'x-forwarded-host': 'app.example, app.example',
};

describe('docs/proxy.md', () => {
  checkExamples('docs/proxy.md', {
    async 'Which proxies are trusted'(app) {
      expect((await app.inject({ url: '/', headers: FORWARDED })).json()).toEqual({
        address: '203.0.113.9',
        protocol: 'https',
        host: 'app.example',
      });
      const direct = await app.inject({ url: '/', headers: FORWARDED, address: '192.0.2.1' });
      expect(direct.json()).toEqual({ address: '192.0.2.1', protocol: 'http', host: 'internal' });
    },

    async 'Which headers are read'(app) {
      const forwarded = 'for="[2001:db8::1]:47";proto=https;host=app.example, for=10.0.0.2';
      const shown = await app.inject({ url: '/', headers: { ...FORWARDED, forwarded } });
      expect(shown.json()).toEqual(['2001:db8::1', 'https', 'app.example']);
    },

    async HTTPS(app) {
      const ask = async (url: string, protocol: string) => {
        const headers = {
          host: 'app.example',
          'x-forwarded-for': '203.0.113.9',
          'x-forwarded-proto': protocol,
        };
        const response = await app.inject({ url, headers });
        return [response.status, response.header('location')];
      };
      expect(await ask('/', 'https')).toEqual([200, undefined]);
      expect(await ask('/', 'http')).toEqual([308, 'https://app.example/']);
      expect(await ask('/health', 'http')).toEqual([200, undefined]);
    },

    async Paths(app) {
      expect((await app.inject({ url: '/notes/7' })).text()).toBe('/shop/notes/7');
      expect((await app.inject({ url: '/notes' })).header('location')).toBe('/shop/notes/1');
    },
  });
});
