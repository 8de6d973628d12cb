// A report that does not hold all that was there: whoever goes on with it hears so, in the words of `akscan report`.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newScene, planted, reportOn, type Scene } from '../support/containing.js';

const spoiled = async (scene: Scene, spoil: (text: string) => string): Promise<string> => {
  const report = await reportOn(planted(scene.cloud.active));
  writeFileSync(report, spoil(readFileSync(report, 'utf8')));
  return report;
};

const cut = (text: string): string => `${text.split('\n')[0]}\n`;
const stopped = (text: string): string => text.replace('"type":"summary",', '"type":"summary","interrupted":true,');

describe.each([
  ['verify', ['verify']],
  ['disable', ['disable']],
  ['disable --rotate', ['disable', '--rotate']],
  ['account --leaked', ['account', '--leaked']],
])('akscan %s', (_, words) => {
  it.each([
    ['was cut short', cut, 'has no summary: it may have been cut short.', '没有汇总'],
    [
      'is of a run that was stopped',
      stopped,
      'is of a run that was stopped: it may lack findings.',
      '被中途停止的运行',
    ],
  ])('says of a report that it %s', async (_what, spoil, said, chinese) => {
    const scene = await newScene();
    const report = await spoiled(scene, spoil);
    const args = [...words, report];
    const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
    expect(plain((await scene.run(args)).stdout)).toContain(`note: ${report} ${said}`);
    expect((await scene.run(args, { env: { LANG: 'zh_CN.UTF-8' } })).stdout).toContain(chinese);
  });

  it('says nothing of a whole one', async () => {
    const scene = await newScene();
    const report = await reportOn(planted(scene.cloud.active));
    expect((await scene.run([...words, report])).stdout).not.toContain(report);
  });
});
