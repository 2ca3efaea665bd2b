import { runCli } from '../../src/run-cli';

async function writeScript(shell: string): Promise<string> {
  let script = '';
  await runCli(['completion', shell], { print: (text) => void (script += text), note: () => {} });
  return script;
}

describe('the completion script', () => {
  it('for zsh is the one for bash, behind what it needs', async () => {
    const [first, second, ...rest] = (await writeScript('zsh')).split('\n');
    expect(first).toBe('(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }');
    expect(second).toBe('autoload -U +X bashcompinit && bashcompinit');
    expect(rest.join('\n')).toBe(await writeScript('bash'));
  });

  it('for fish has a line for each command and option', async () => {
    const lines = (await writeScript('fish')).split('\n');
    expect(lines).toContain(
      "complete -c sluice -n '__fish_seen_subcommand_from routes' -l json -d 'print it as JSON'",
    );
    expect(lines).toContain(
      "complete -c sluice -n '__fish_seen_subcommand_from new' -a 'controller middleware package'",
    );
    for (const line of lines) expect(line).toMatch(/^complete -c sluice -n /);
  });
});
