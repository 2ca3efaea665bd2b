import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** A command that an image starts. */
export interface ImageCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
}

/** A stage of a build: a folder that takes the place of its file system. */
interface Stage {
  readonly root: string;
  readonly env: Record<string, string>;
  workdir: string;
  user: string;
  command: readonly string[] | undefined;
}

/** The instructions of a Dockerfile, with continued lines joined. */
function readInstructions(text: string): [name: string, rest: string][] {
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => /^([A-Z]+) (.*)$/.exec(line)!.slice(1) as [string, string]);
}

/**
 * Does what a Dockerfile says in folders, without a container: every stage is a folder whose name begins with
 * `folder`, and the programs are those of this machine. It knows the instructions that docs/deployment.md uses, and throws on another one.
 *
 * @returns the command of the last stage
 */
export function runDockerfile(text: string, context: string, folder: string): ImageCommand {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const [name, rest] of readInstructions(text)) {
    if (name === 'FROM') {
      const [, alias = 'last'] = / AS (\S+)$/.exec(rest) ?? [];
      stage = { root: `${folder}-${alias}`, env: {}, workdir: '/', user: 'root', command: undefined };
      stages.set(alias, stage);
    } else runInstruction(name, rest, stage!, context, stages);
  }
  const { root, env, workdir, user, command } = stage!;
  if (command === undefined) throw new Error('The image has no command.');
  return { args: command, cwd: path.join(root, workdir), env, user };
}

function runInstruction(
  name: string,
  rest: string,
  stage: Stage,
  context: string,
  stages: ReadonlyMap<string, Stage>,
): void {
  const here = (place: string): string => path.join(stage.root, path.posix.resolve(stage.workdir, place));
  switch (name) {
    case 'WORKDIR':
      stage.workdir = rest;
      mkdirSync(here('.'), { recursive: true });
      break;
    case 'COPY': {
      const [, from, places] = /^(?:--from=(\S+) )?(.*)$/.exec(rest)!;
      const sources = places!.split(' ');
      const target = sources.pop()!;
      const origin = from === undefined ? context : stages.get(from)!.root;
      for (const source of sources) {
        // A folder is copied with its content, to the target itself.
        const isWhole = sources.length === 1 && !target.endsWith('/');
        const end = isWhole ? target : path.posix.join(target, path.posix.basename(source));
        cpSync(path.join(origin, source), here(end), { recursive: true, verbatimSymlinks: true });
      }
      break;
    }
    case 'RUN': {
      const env = { ...process.env, NODE_ENV: undefined, ...stage.env };
      const { status, stdout, stderr } = spawnSync('sh', ['-c', rest], {
        cwd: here('.'),
        env,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`RUN ${rest} ended (${status}):\n${stdout}${stderr}`);
      break;
    }
    case 'ENV':
      for (const [, key, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[key!] = value!;
      break;
    case 'USER':
      stage.user = rest;
      break;
    case 'EXPOSE':
      break;
    case 'CMD':
      stage.command = JSON.parse(rest) as string[];
      break;
    default:
      throw new Error(`This test does not know ${name}.`);
  }
}
