import { detectManager, listCommands, MANAGER_NAMES } from '../src/managers';

describe('the package manager', () => {
  it.each([
    ['npm/10.9.4 node/v20.20.2 linux x64 workspaces/false', { name: 'npm', version: '10.9.4' }],
    ['pnpm/10.34.8 npm/? node/v22.1.0 linux x64', { name: 'pnpm', version: '10.34.8' }],
    ['yarn/1.22.22 npm/? node/v20.20.2 linux x64', { name: 'yarn', version: '1.22.22' }],
    ['yarn/4.18.1 npm/? node/v20.20.2 linux x64', { name: 'yarn', version: '4.18.1' }],
    ['bun/1.4.5 npm/? node/v24.3.0 linux x64', { name: 'bun', version: '1.4.5' }],
    ['cnpm/9.0.0 npminstall/? node/v20', { name: 'npm' }],
    ['', { name: 'npm' }],
    [undefined, { name: 'npm' }],
  ])('is found in %j', (userAgent, expected) => {
    expect(detectManager(userAgent)).toEqual(expected);
  });

  it.each(MANAGER_NAMES)('%s has commands of its own, and those of no other', (name) => {
    const commands = listCommands({ name });
    const { install, cleanInstall, run } = commands;
    for (const command of [install, cleanInstall, run]) expect(command).toMatch(new RegExp(`^${name} `));
  });

  it('has other options in the first version of Yarn', () => {
    const classic = listCommands({ name: 'yarn', version: '1.22.22' });
    expect(classic.cleanInstall).toBe('yarn install --frozen-lockfile');
    expect(listCommands({ name: 'yarn', version: '4.18.1' }).cleanInstall).toBe('yarn install --immutable');
    expect(listCommands({ name: 'yarn' }).cleanInstall).toBe('yarn install --immutable');
  });
});
