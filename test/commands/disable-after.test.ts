import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newScene, planted, signedBy, statusOf, UID } from '../support/containing.js';
import { createKeys, secret30 } from '../support/keys.js';
import { commit, repository, temporaryFolder, write } from '../support/repository.js';
import { AUDITOR_ACTIONS, newKey, newUser } from '../support/world.js';

const YES = ['--yes', '--account', UID];

describe('akscan scan --disable', () => {
  it('shows after the report what would be switched off, and does nothing', async () => {
    const scene = await newScene();
    const { code, stdout, stderr } = await scene.run(['scan', planted(scene.cloud.active), '--disable']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /HIGH +LTAI[\s\S]*live, RAM user alice[\s\S]*WOULD DISABLE[\s\S]*Nothing was changed: 1 key/,
    );
    expect(scene.changes()).toEqual([]);
    expect(existsSync(scene.log)).toBe(false);
  });

  it('switches off with --yes what was found in history, and proves it: exit code 0', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const folder = repository();
    commit(folder, { 'old.env': readFileSync(path.join(planted(active), 'service-0.env'), 'utf8') });
    commit(folder, { 'old.env': '' });
    const { code, stdout } = await scene.run(['scan', folder, '--disable', ...YES]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/OFF +LTAI[\s\S]*STS refuses it/);
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
    expect(statusOf(scene.account, active.id)).toBe('Inactive');
    expect(await scene.run(['restore', ...YES])).toMatchObject({ code: 0 });
    expect(statusOf(scene.account, active.id)).toBe('Active');
  });

  it('needs ram:UpdateAccessKey beside what the inventory needs, and no more', async () => {
    const scene = await newScene();
    const hand = newKey();
    const allow = [...AUDITOR_ACTIONS, 'ram:UpdateAccessKey'];
    scene.account.users.push(newUser('hand', { id: '290000000000000060', keys: [hand], allow }));
    const args = ['scan', planted(scene.cloud.active), '--disable', '--min-confidence', 'low', ...YES];
    const ran = await scene.run(args, { env: signedBy(hand) });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OFF/m) });
    expect((await scene.run(['restore', ...YES], { env: signedBy(hand) })).code).toBe(0);
    expect(statusOf(scene.account, scene.cloud.active.id)).toBe('Active');
  });

  it('leaves standard output to a report for programs', async () => {
    const scene = await newScene();
    const folder = planted(scene.cloud.active);
    const { code, stdout, stderr } = await scene.run(['scan', folder, '--disable', '--format', 'jsonl']);
    expect(code).toBe(1);
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('type');
    expect(stderr).toContain('WOULD DISABLE');
  });

  it('keeps the guards: a planted ID, a root key, a stranger, too many, an account that is not named', async () => {
    const scene = await newScene();
    const { active, root, foreign, restricted } = scene.cloud;
    const planting = planted({ id: active.id, secret: secret30() }, root, foreign, scene.operator);
    expect((await scene.run(['scan', planting, '--disable', ...YES])).code).toBe(1);
    const folder = planted(active, restricted);
    expect((await scene.run(['scan', folder, '--disable', ...YES, '--max-keys', '1'])).code).toBe(1);
    const unnamed = await scene.run(['scan', folder, '--disable', '--yes']);
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('--account UID') });
    expect(scene.changes()).toEqual([]);
    expect((await scene.run(['scan', folder, '--disable', ...YES, '--except', 'alice'])).code).toBe(0);
    expect(scene.changes()).toEqual([`UpdateAccessKey ${restricted.id} Inactive`]);
  });

  it('ends with 2 when not all could be searched, whatever was switched off', async () => {
    const scene = await newScene();
    const folder = planted(scene.cloud.active);
    const missing = path.join(temporaryFolder(), 'missing');
    const { code } = await scene.run(['scan', folder, missing, '--disable', ...YES]);
    expect(code).toBe(2);
  });

  it('is said to be missing where its options stand alone', async () => {
    const scene = await newScene();
    for (const args of [['--yes'], ['--account', UID], ['--mode', 'delete'], ['--force-in-use'], ['--only', 'a']]) {
      const { code, stderr } = await scene.run(['scan', temporaryFolder(), ...args]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Add --disable.') });
    }
    const wrong = await scene.run(['scan', temporaryFolder(), '--disable', '--recent', 'soon']);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--recent') });
    expect(scene.simulator.requests).toEqual([]);
  });
});

describe('a scanned tree', () => {
  const settings = [
    'disable: true\nyes: true',
    'containment:\n  disable: true\n  maxKeys: 1000',
    'mode: delete',
    'account: "1234567890123456"',
    'forceInUse: true',
    'options: ["--disable", "--yes"]',
  ];

  it.each(settings)('cannot switch anything on by its configuration: %s', async (text) => {
    const scene = await newScene();
    const folder = planted(scene.cloud.active);
    write(folder, { 'akscan.config.yml': `${text}\n` });
    for (const args of [[folder], [folder, '--verify', '--probe'], [folder, '--disable']]) {
      await scene.run(['scan', ...args]);
      await scene.run(['scan', '.', ...args.slice(1)], { cwd: folder });
    }
    expect(scene.changes()).toEqual([]);
    expect(statusOf(scene.account, scene.cloud.active.id)).toBe('Active');
  });

  it('cannot by what it ignores, allows or calls its files', async () => {
    const scene = await newScene();
    const folder = planted(scene.cloud.active);
    const text = readFileSync(path.join(folder, 'service-0.env'), 'utf8');
    write(folder, {
      '.akscanignore': '# akscan: disable\n--disable\n--yes\n!disable\n',
      '--disable': text,
      '--yes': text,
      'allowed.env': text.replace('\n', ' # akscan:disable --yes\n'),
    });
    await scene.run(['scan', '.', '--verify'], { cwd: folder });
    await scene.run(['scan', '.', '--disable'], { cwd: folder });
    expect(scene.changes()).toEqual([]);
  });

  it.each(['mine', 'alibaba-mine'])('cannot have a key touched by a rule of its own, called %s', async (rule) => {
    // One that no rule of ours knows, in an account of ours.
    const old = newKey({ id: `ACME${createKeys(20_260_102).text('base58', 12)}` });
    const scene = await newScene(({ account }) => {
      account.users.push(newUser('old', { id: '290000000000000059', keys: [old] }));
    });
    const folder = planted(old);
    const rules = [
      'rules:',
      `  - id: ${rule}`,
      '    title: Old keys',
      '    description: Old keys',
      '    confidence: high',
      '    key: { prefix: ACME, alphabet: base58, lengths: [16] }',
      '    secret: { alphabet: alphanumeric, lengths: [30] }',
    ];
    write(folder, { 'akscan.config.yml': `${rules.join('\n')}\n` });
    const { stdout } = await scene.run(['scan', folder, '--disable', ...YES]);
    const found = await scene.run(['scan', folder, '--format', 'jsonl']);
    if (rule === 'mine') expect(found.stdout).toContain(old.id);
    expect(stdout).not.toMatch(/^OFF/m);
    const report = path.join(temporaryFolder(), 'report.jsonl');
    write(path.dirname(report), { 'report.jsonl': found.stdout });
    await scene.run(['disable', report, ...YES]);
    expect(scene.simulator.requests.filter(({ parameters }) => JSON.stringify(parameters).includes(old.id))).toEqual(
      [],
    );
    expect(scene.changes()).toEqual([]);
  });
});
