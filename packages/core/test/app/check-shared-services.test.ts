import { createApp, type Service } from '../../src';

const CLOCK: Service = { name: 'clock' };
const SHARED = {
  problems: [
    {
      code: 'SERVICE_INVALID',
      place: 'app.mount("/b")',
      fault: 'Another application has the service "clock" too.',
    },
  ],
};

async function mount(outer: Service[], first: Service[], second: Service[]) {
  const app = await createApp({ services: outer });
  const deep = await createApp({});
  deep.mount('/deep', await createApp({ services: second }));
  return app.mount('/a', await createApp({ services: first })).mount('/b', deep);
}

describe('a service of two applications', () => {
  it('is a mistake, however deep the second one is mounted', async () => {
    await expect(mount([CLOCK], [], [CLOCK])).rejects.toMatchObject(SHARED);
    await expect(mount([], [CLOCK], [CLOCK])).rejects.toMatchObject(SHARED);
  });

  it('may have the name of another service', async () => {
    await expect(mount([CLOCK], [{ ...CLOCK }], [{ ...CLOCK }])).resolves.toBeDefined();
  });
});
