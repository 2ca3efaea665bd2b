import { createApp, type App } from '@sluice/core';
import { chooseExport, listPromises } from '../../src/application/choose-export';
import { CliError } from '../../src/cli-error';

describe('the export that is the application', () => {
  let app: App;

  beforeAll(async () => (app = await createApp({})));

  const make = () => app;

  it.each([
    ['the default export', () => ({ default: app, other: make }), 'default'],
    ['the default export that makes one', () => ({ default: make, app }), 'default'],
    ['the only application, before functions', () => ({ app, createApp: make }), 'app'],
    ['the only function that makes one', () => ({ createNotes: make, startNotes: make }), 'createNotes'],
    ['a function make without more', () => ({ make, limit: 7 }), 'make'],
  ])('is %s', (_, exported, expected) => {
    const given: Record<string, unknown> = exported();
    expect(chooseExport(given, undefined)).toBe(given[expected]);
  });

  it.each([
    ['a class', { createThing: class {} }],
    ['a function that needs an argument', { createNotes: (store: unknown) => store }],
    ['a function of another name', { notes: () => undefined, makeshift: () => undefined }],
    ['an object', { default: { listen: 8000 } }],
    ['nothing', {}],
  ])('is not %s', (_, exported) => {
    expect(chooseExport(exported, undefined)).toBeUndefined();
  });

  it('is the one that is named, whatever its name is', () => {
    const notes = (store: unknown) => store;
    expect(chooseExport({ default: app, notes }, 'notes')).toBe(notes);
    const promised = Promise.resolve(app);
    expect(chooseExport({ default: app, promised }, 'promised')).toBe(promised);
  });

  it('may be in a promise, which is not a query that waits for its first reader', () => {
    const promised = Promise.resolve(app);
    const query = { then: () => undefined };
    expect(chooseExport({ promised, query }, undefined)).toBeUndefined();
    expect(listPromises({ promised, query, limit: 7 })).toEqual([promised]);
    expect(() => chooseExport({ query }, 'query')).toThrow('neither an application nor a function');
  });

  it.each([
    ['two that could be it', () => ({ createA: make, createB: make }), undefined, 'createA, createB'],
    ['a name that is not there', () => ({ app }), 'api', 'no export api. It exports app.'],
    ['a name in an empty module', () => ({}), 'api', 'It exports nothing.'],
    ['a name of something else', () => ({ limit: 7 }), 'limit', 'neither an application nor a function'],
  ])('is refused for %s', (_, exported, name, message) => {
    expect(() => chooseExport(exported(), name)).toThrow(CliError);
    expect(() => chooseExport(exported(), name)).toThrow(message);
  });
});
