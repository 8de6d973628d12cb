import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { choice } from '../../src/commands/choice.js';
import { repeatable } from '../../src/commands/options.js';
import { bashScript } from '../../src/completion/bash.js';
import { fishScript } from '../../src/completion/fish.js';
import { modelOf } from '../../src/completion/model.js';
import { zshScript } from '../../src/completion/zsh.js';

const program = (): Command => {
  const whole = new Command('akscan');
  whole
    .command('scan')
    .summary("somebody's: [files]")
    .argument('[targets...]')
    .addOption(choice('-f, --format <format>', "it's [how]: $HOME `id`", ['text', 'json']))
    .addOption(repeatable('--report <format=file>', 'one more'))
    .option('--since <date>', 'a date')
    .option('--no-history', 'no history');
  return whole;
};

describe('the model', () => {
  it('takes from the commands what options take', () => {
    const { byDefault } = modelOf(program(), 'scan');
    const taken = Object.fromEntries(byDefault.options.map(({ long, values }) => [long, values]));
    expect(taken).toEqual({
      '--format': { kind: 'words', words: ['text', 'json'] },
      '--report': { kind: 'pairs', words: ['text', 'json'], rest: 'files' },
      '--since': { kind: 'anything' },
      '--no-history': null,
      '--help': null,
    });
    expect(byDefault.arguments).toEqual([{ name: 'targets', values: { kind: 'files' }, repeats: true }]);
    expect(byDefault.options.find(({ long }) => long === '--report')?.repeats).toBe(true);
  });

  it('becomes scripts in which no text of ours is more than text', () => {
    const model = modelOf(program(), 'scan');
    expect(bashScript(model)).not.toContain('$HOME');
    expect(zshScript(model)).toContain(`[it'\\''s \\[how\\]\\: $HOME \`id\`]`);
    expect(zshScript(model)).toContain(`scan\\:"somebody'\\''s: [files]"`);
    expect(fishScript(model)).toContain(`-d 'it\\'s [how]: $HOME \`id\`'`);
  });
});
