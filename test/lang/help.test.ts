// Help in Chinese, of every command: all of it but commands, options and their words.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { dispatch } from '../../src/commands/program.js';
import { createSay, speaking } from '../../src/lang/say.js';

const COMMANDS = [
  'scan',
  'staged',
  'range',
  'audit',
  'worker',
  'verify',
  'report',
  'account',
  'disable',
  'restore',
  'log',
  'ignore',
  'baseline',
  'hook',
  'demo',
  'completion',
];

afterEach(() => {
  vi.restoreAllMocks();
});

const helpOf = async (
  ...command: readonly string[]
): Promise<{ readonly text: string; readonly missed: readonly string[] }> => {
  const missed = new Set<string>();
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    text += String(piece);
    return true;
  });
  const say = await createSay('zh-CN', (one) => void missed.add(one));
  await speaking({ lang: 'zh-CN', say }, () =>
    dispatch(command.length === 0 ? ['--help'] : [...command, '--help'], '1.0.0'),
  );
  vi.restoreAllMocks();
  return { text, missed: [...missed] };
};

describe('help in Chinese', () => {
  it('has no English sentence left: the program itself', async () => {
    const { text, missed } = await helpOf();
    expect(missed).toEqual([]);
    expect(text).toContain('示例：');
  });

  it.each(COMMANDS)('has no English sentence left: %s', async (command) => {
    const { text, missed } = await helpOf(command);
    expect(missed).toEqual([]);
    expect(text).toContain('用法：');
  });
});
