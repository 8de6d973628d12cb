// `akscan completion`: prints a script that makes a shell complete what is typed.

import type { Command } from 'commander';
import { Option } from 'commander';
import { bashScript } from '../completion/bash.js';
import { fishScript } from '../completion/fish.js';
import { type Model, modelOf } from '../completion/model.js';
import { profileNames } from '../completion/profiles.js';
import { zshScript } from '../completion/zsh.js';
import { AkscanError } from '../errors.js';
import { oneOf } from './choice.js';
import type { Finish } from './program.js';

const SCRIPTS: Readonly<Record<string, (model: Model) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const EXAMPLES = `
Examples:
  source <(akscan completion bash)    in ~/.bashrc; on macOS: eval "$(akscan completion bash)"
  source <(akscan completion zsh)     in ~/.zshrc, after compinit
  akscan completion fish | source     in ~/.config/fish/config.fish
  akscan completion fish > ~/.config/fish/completions/akscan.fish

Completes commands, options, the words that options take, files, profiles of ~/.aliyun/config.json
(their names only), branches and remotes. Make the script anew after an update.

Exit codes: 0 printed, 2 for a shell that is not known.`;

/** @param whole the program with all options of all commands, and the name of its default command */
export const declareCompletion = (
  command: Command,
  finish: Finish,
  whole: () => Promise<readonly [program: Command, byDefault: string]>,
): void => {
  command
    .description('Prints a script by which bash, zsh or fish complete commands, options and their values.')
    .addArgument(oneOf(command.createArgument('[shell]', 'whose script'), Object.keys(SCRIPTS), 'akscan completion'))
    .addOption(new Option('--profiles', 'the names of your profiles, for the scripts').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action((shell: string | undefined, flags: { readonly profiles?: true }) =>
      finish(completionCommand(shell, flags, whole)),
    );
};

const completionCommand = async (
  shell: string | undefined,
  { profiles }: { readonly profiles?: true },
  whole: () => Promise<readonly [program: Command, byDefault: string]>,
): Promise<number> => {
  if (profiles === true) {
    process.stdout.write(
      profileNames(process.env)
        .map((name) => `${name}\n`)
        .join(''),
    );
    return 0;
  }
  const script = shell === undefined ? undefined : SCRIPTS[shell];
  if (script === undefined) {
    throw new AkscanError('Which shell?', `akscan completion ${Object.keys(SCRIPTS).join('|')}`);
  }
  process.stdout.write(script(modelOf(...(await whole()))));
  return 0;
};
