// The program as it ships, asked in Chinese.

import { describe, expect, it } from 'vitest';
import { akscan } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { temporaryFolder, write } from '../support/repository.js';

const planted = (): string => {
  const folder = temporaryFolder();
  write(folder, {
    'app.env': `ALIBABA_CLOUD_ACCESS_KEY_ID=${id24()}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret30()}\n`,
  });
  return folder;
};

const LOCALE = { LANG: 'zh_CN.UTF-8' };

describe('akscan in Chinese', () => {
  it('reports so by the locale and by --lang, and as ever in English', async () => {
    const cwd = planted();
    const [byLocale, asked, english] = await Promise.all([
      akscan(['scan', '.'], { cwd, env: LOCALE }),
      akscan(['--lang', 'zh-CN', 'scan', '.'], { cwd }),
      akscan(['scan', '.', '--lang=en'], { cwd, env: LOCALE }),
    ]);
    expect(byLocale.stdout).toContain('发现 1 个 AccessKey：高危 1 个。');
    expect(asked.stdout).toContain('请按有效处理');
    expect(english.stdout).toContain('1 AccessKey found: 1 high.');
    expect([byLocale.code, asked.code, english.code]).toEqual([1, 1, 1]);
  });

  it('says errors so', async () => {
    const { code, stderr } = await akscan(['scan', '--no-histroy'], { env: LOCALE });
    expect(code).toBe(2);
    expect(stderr).toBe("akscan: 未知选项 '--no-histroy'。\n  您是想输入 --no-history 吗？\n");
  });

  it('says what is wrong with --lang in the language of the environment', async () => {
    const { code, stderr } = await akscan(['--lang', 'fr'], { env: { AKSCAN_LANG: 'zh' } });
    expect([code, stderr]).toEqual([2, 'akscan: --lang：无法识别 "fr"。\n  可选：en、zh-CN。\n']);
  });

  it.each(['json', 'jsonl', 'sarif', 'csv', 'junit', 'github', 'gitlab'])('leaves %s as it is', async (format) => {
    const cwd = planted();
    const args = ['scan', '.', '--format', format, '--quiet'];
    const [english, chinese] = await Promise.all([akscan(args, { cwd }), akscan(args, { cwd, env: LOCALE })]);
    const timeless = ({ stdout }: { readonly stdout: string }) => stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '');
    expect(timeless(chinese)).toBe(timeless(english));
    expect(english.stdout).not.toBe('');
  });
});
