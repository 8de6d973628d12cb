// A report that does not hold all that was there: whoever goes on with it hears so, in the words of `akscan report`.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newScene, planted, reportOn, type Scene, UID } from '../support/containing.js';
import { temporaryFolder } from '../support/repository.js';

const spoiled = async (scene: Scene, spoil: (text: string) => string): Promise<string> => {
  const report = await reportOn(planted(scene.cloud.active));
  writeFileSync(report, spoil(readFileSync(report, 'utf8')));
  return report;
};

const cut = (text: string): string => `${text.split('\n')[0]}\n`;
const faulty = (text: string): string => text.replace('"fault":0', '"fault":1');
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
    [
      'is of a run that could not read everything',
      faulty,
      'is of a run that could not read everything: it may lack findings.',
      '未能全部读取的运行',
    ],
  ])('says of a report that it %s', async (_what, spoil, said, chinese) => {
    const scene = await newScene();
    const report = await spoiled(scene, spoil);
    const args = [...words, report];
    const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const { code, stdout } = await scene.run(args);
    expect(plain(stdout)).toContain(`${report} ${said}`);
    // Of an account all is told, whatever a report lacks.
    expect(code === 2).toBe(words[0] !== 'account');
    expect((await scene.run(args, { env: { LANG: 'zh_CN.UTF-8' } })).stdout).toContain(chinese);
  });

  it('says nothing of a whole one', async () => {
    const scene = await newScene();
    const report = await reportOn(planted(scene.cloud.active));
    expect((await scene.run([...words, report])).stdout).not.toContain(report);
  });
});

describe('what a report lacks', () => {
  it('is a fault when nothing else is, whatever --fail-on says', async () => {
    const scene = await newScene();
    const report = await spoiled(scene, cut);
    const [whole, id] = [await reportOn(planted(scene.cloud.active)), scene.cloud.active.id];
    expect((await scene.disable([id, '--yes', '--account', UID])).code).toBe(0);
    expect((await scene.disable([whole, '--yes', '--account', UID])).code).toBe(0);
    expect((await scene.disable([report, '--yes', '--account', UID])).code).toBe(2);
    for (const words of [['verify'], ['verify', '--fail-on', 'never'], ['report', '--fail-on', 'never']]) {
      expect((await scene.run([...words, report])).code).toBe(2);
      expect((await scene.run([...words, whole])).code).toBe(0);
    }
    expect((await scene.run(['report', report])).code).toBe(0);
  });

  it('is lacking in a report made of it, too', async () => {
    const scene = await newScene();
    const verified = path.join(temporaryFolder(), 'verified.jsonl');
    await scene.run(['verify', await spoiled(scene, cut), '--format', 'jsonl', '--output', verified]);
    const { code, stdout } = await scene.run(['disable', verified]);
    expect({ code, stdout }).toMatchObject({ code: 2, stdout: expect.stringContaining('could not read everything') });
  });
});
