import { listLoaded, loadPackages } from '../../src/dev/loaded-packages';

describe('the packages that the next program loads beforehand', () => {
  it('are those of Sluice and of the rules, each once, as far as a program has loaded them', () => {
    expect(
      listLoaded([
        '/app/node_modules/@sluice/core/dist/index.js',
        '/app/node_modules/@sluice/core/dist/kit.js',
        'C:\\app\\node_modules\\@sluice\\openapi\\dist\\index.js',
        '/app/node_modules/.pnpm/class-validator@0.15.1/node_modules/class-validator/cjs/index.js',
        '/app/node_modules/dotenv/lib/main.js',
        '/app/src/class-validator/own.js',
      ]),
    ).toEqual(['@sluice/core', '@sluice/openapi', 'class-validator']);
  });

  it('are left out where the project does not have them', () => {
    const asked: string[] = [];
    const load = (name: string): never => {
      asked.push(name);
      throw new Error('not found');
    };
    loadPackages(load, ['@sluice/core', 'class-validator']);
    expect(asked).toEqual(['@sluice/core', 'class-validator']);
  });
});
