import { applyUpgrade, planUpgrade } from '../../src/upgrade/plan-upgrade';
import { printUpgrade } from '../../src/upgrade/print-upgrade';

const TEXT = `{
    "name": "notes",
    "dependencies": {
        "@sluice/core" : "^0.1.0",
        "@sluice/cors": "~0.9.12",
        "class-validator": "^0.1.0"
    },
    "devDependencies": { "@sluice/cli": "0.10.0", "@sluice/testing": "file:../testing", "@sluice/next": "^1.0.0" }
}
`;
const VERSION = '0.10.0';

describe('an upgrade', () => {
  const upgrades = planUpgrade(JSON.parse(TEXT) as object, VERSION);

  it('changes older versions of the packages of Sluice, and keeps their ranges', () => {
    expect(upgrades).toEqual([
      { name: '@sluice/core', list: 'dependencies', from: '^0.1.0', to: '^0.10.0', reason: 'older' },
      { name: '@sluice/cors', list: 'dependencies', from: '~0.9.12', to: '~0.10.0', reason: 'older' },
      { name: '@sluice/cli', list: 'devDependencies', from: '0.10.0', to: undefined, reason: 'same' },
      {
        name: '@sluice/testing',
        list: 'devDependencies',
        from: 'file:../testing',
        to: undefined,
        reason: 'not a version',
      },
      { name: '@sluice/next', list: 'devDependencies', from: '^1.0.0', to: undefined, reason: 'newer' },
    ]);
  });

  it.each([
    ['0.2.0', '^0.2.0-beta.9', 'older'],
    ['0.2.0-beta.10', '^0.2.0-beta.9', 'older'],
    ['0.2.0-beta.10', '^0.2.0-beta.10', 'same'],
    ['0.2.0-beta.10', '0.2.0-beta.10.1', 'newer'],
    ['0.2.0-beta.10', '0.2.0-alpha', 'older'],
    ['0.2.0-beta.1', '0.2.0-beta.x', 'newer'],
    ['0.2.0-beta.10', '^0.2.0', 'newer'],
    ['0.2.0-beta.10', '~0.1.9', 'older'],
  ])('to %s knows that %s is %s', (version, from, reason) => {
    expect(planUpgrade({ dependencies: { '@sluice/core': from } }, version)).toMatchObject([{ reason }]);
  });

  it('changes every list of dependencies, and says so', () => {
    const lists = {
      peerDependencies: { '@sluice/core': '^0.1.0' },
      optionalDependencies: { '@sluice/etag': '^0.2.0' },
    };
    const planned = planUpgrade(lists, VERSION);
    expect(planned.map(({ name, list, to }) => [name, list, to])).toEqual([
      ['@sluice/core', 'peerDependencies', '^0.10.0'],
      ['@sluice/etag', 'optionalDependencies', '^0.10.0'],
    ]);
    const changed = applyUpgrade(JSON.stringify(lists), planned);
    expect(JSON.parse(changed)).toEqual({
      peerDependencies: { '@sluice/core': '^0.10.0' },
      optionalDependencies: { '@sluice/etag': '^0.10.0' },
    });
  });

  it('leaves the rest of package.json as it is written', () => {
    const expected = TEXT.replace('"@sluice/core" : "^0.1.0"', '"@sluice/core": "^0.10.0"').replace(
      '~0.9.12',
      '~0.10.0',
    );
    expect(applyUpgrade(TEXT, upgrades)).toBe(expected);
  });

  it('is reported with what is left to do', () => {
    const lines = printUpgrade(upgrades, VERSION, false).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      '@sluice/core  ^0.1.0  -> ^0.10.0',
      '@sluice/cors  ~0.9.12  -> ~0.10.0',
      '@sluice/cli  0.10.0  is up to date',
      '@sluice/testing  file:../testing  is not a version, and stays',
      '@sluice/next  ^1.0.0  is newer than this command',
      '',
      '2 of 5 would change in package.json.',
    ]);
    expect(lines).toContain('- Install again, with your package manager.');
    expect(printUpgrade(upgrades, VERSION, true)).toContain('2 of 5 have been changed in package.json.');
  });

  it('names the way to a newer version if everything is up to date', () => {
    const text = printUpgrade(
      planUpgrade({ dependencies: { '@sluice/core': '^0.10.0' } }, VERSION),
      VERSION,
      true,
    );
    expect(text).toContain('Nothing is older than 0.10.0');
    expect(text).not.toContain('Left to do');
  });
});
