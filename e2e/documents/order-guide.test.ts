import { checkExamples } from './check-examples';

describe('docs/order.md', () => {
  checkExamples('docs/order.md', {
    async 'Another one for a controller or a method'(app) {
      const [list, latest] = app.plan.routes.map(({ steps }) => steps.map(({ name }) => name));
      expect(list).toEqual(['gzip', 'gzip', 'list']);
      expect(latest).toEqual(['latest']);
      expect((await app.inject({ url: '/reports/latest' })).text()).toBe('january');
    },

    async 'Leaving one out'(app) {
      expect(app.plan.routes[0]!.steps.map(({ name }) => name)).toEqual(['gzip', 'list']);
      expect((await app.inject({ url: '/exports' })).json()).toEqual(['january']);
    },
  });
});
