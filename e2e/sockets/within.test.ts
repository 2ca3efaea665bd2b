import { within } from './within';

describe('within', () => {
  it('reports what has happened when the wait is over', async () => {
    const output = ['starts'];
    const waiting = within(new Promise(() => {}), () => `The output: ${output.join()}`, 20);
    output.push('hangs');
    await expect(waiting).rejects.toThrow('It takes longer than 20 ms. The output: starts,hangs');
  });

  it('passes results and errors on', async () => {
    expect(await within(Promise.resolve(7), () => '')).toBe(7);
    await expect(within(Promise.reject(new Error('refused')), () => '')).rejects.toThrow('refused');
  });
});
