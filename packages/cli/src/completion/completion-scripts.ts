/** A word that can be completed, and what it means. */
export interface Completed {
  readonly name: string;
  readonly description: string;
}

/** A command with its options. */
export interface CompletedCommand extends Completed {
  readonly options: readonly Completed[];
  /** The values of its first argument, where it has only some. */
  readonly choices: readonly string[];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** Writes the script with which a shell completes the commands and their options. Pure. */
export function writeCompletion(shell: Shell, commands: readonly CompletedCommand[]): string {
  if (shell === 'fish') return writeFish(commands);
  const script = writeBash(commands);
  return shell === 'bash' ? script : `${PREPARE_ZSH}\n${script}`;
}

/** zsh completes nothing until compinit has run, which a new .zshrc does not do. */
const PREPARE_ZSH = `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit`;

/** bash completes names of files if no word fits. zsh runs the same script. */
function writeBash(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, options, choices }) => {
    const words = [...choices, ...options.map((option) => option.name)].join(' ');
    return `    ${name}) words="${words}" ;;`;
  });
  return `_sluice() {
  local words current
  current="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _sluice sluice`;
}

function writeFish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, choices }) => {
    const here = `complete -c sluice -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c sluice -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
      ...(choices.length > 0 ? [`${here} -a ${quote(choices.join(' '))}`] : []),
      ...options.map((option) => `${here} -l ${option.name.slice(2)} -d ${quote(option.description)}`),
    ];
  });
  return lines.join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
