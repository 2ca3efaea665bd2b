import { testApp } from '@sluice/testing';
{{testImports}}import { createMyApp } from '../src/create-my-app{{js}}';

describe('the notes', () => {
  it('are added and read again', async () => {
    await using app = await testApp(await createMyApp());
    const client = app.client();
    const added = await client.post('/notes', { json: { text: 'milk' } });
    expect([added.status, added.header('location')]).toEqual([201, '/notes/1']);
    expect(await (await client.get('/notes/1')).json()).toEqual({ id: 1, text: 'milk' });
  });

  it('are refused without a text', async () => {
    await using app = await testApp(await createMyApp());
    const refused = await app.client().post('/notes', { json: { text: '' } });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/text' }] });
  });
});
