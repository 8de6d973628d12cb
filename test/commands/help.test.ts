import { describe, expect, it } from 'vitest';
import { akscan } from '../support/akscan.js';

/** The commands that the program lists itself. */
const commands = async (): Promise<readonly string[]> => {
  const { stdout } = await akscan(['--help']);
  // Groups of commands follow the options.
  const [, list = ''] = /\n\n(?!Options)[A-Z][a-z ]+:\n(?= {2}scan )([\s\S]*?)\n\n(?=Examples:)/.exec(stdout) ?? [];
  return [...list.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
};

describe('help', () => {
  it('lists every command under a heading', async () => {
    expect(await commands()).toEqual(expect.arrayContaining(['scan', 'staged', 'verify', 'disable', 'log', 'demo']));
  });

  it('of every command has examples and exit codes, in at most 100 columns', async () => {
    for (const name of await commands()) {
      const { code, stdout, stderr } = await akscan([name, '--help']);
      expect({ name, code, stderr }).toEqual({ name, code: 0, stderr: '' });
      expect(stdout).toMatch(/^Examples:\n {2}\S/m);
      expect(stdout).toMatch(/^Exit codes: 0 /m);
      for (const line of [name, ...stdout.split('\n')]) expect(line.length, line).toBeLessThanOrEqual(100);
      expect(stdout.match(new RegExp(`^ {2}.*akscan ${name}(?: |$)`, 'gm'))?.length ?? 0, name).toBeGreaterThan(0);
      expect(stdout).toMatch(/^Common:\n {2}-q, --quiet /m);
    }
  });

  it('names the words that an option takes, and the default, as people write them', async () => {
    const { stdout } = await akscan(['scan', '--help']);
    const flat = stdout.replace(/\s+/g, ' ');
    expect(flat).toContain('what gives exit code 1: any, secret, live, root, never (default: any)');
    expect(flat).toContain('how to write the report: text, json');
    expect(flat).not.toContain('choices:');
  });
});

describe('akscan help', () => {
  it('has the options of a command, and the list of all', async () => {
    const [whole, help, one, asked] = await Promise.all(
      [['help'], ['help', 'help'], ['help', 'staged'], ['staged', '--help']].map((words) => akscan(words)),
    );
    expect([whole?.code, help?.stdout, one?.stdout]).toEqual([0, whole?.stdout, asked?.stdout]);
  });

  it('is refused for what is no command', async () => {
    expect(await akscan(['help', 'stagd'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'akscan: "stagd" is not a command.\n  Did you mean "akscan help staged"?\n',
    });
    expect(await akscan(['help', 'nosuch'])).toMatchObject({
      code: 2,
      stderr: 'akscan: "nosuch" is not a command.\n  See akscan --help.\n',
    });
  });

  it('names all that --notify knows', async () => {
    const { stdout } = await akscan(['audit', '--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('dingtalk, feishu, lark, wecom, slack, webhook');
  });
});

describe('a slip of the finger', () => {
  it.each([
    [['--formt', 'json'], 'Did you mean --format?'],
    [['verfy', 'x'], 'Did you mean "akscan verify"?'],
    [['help', 'disabel'], 'Did you mean "akscan help disable"?'],
    [['--format', 'jsno'], 'Did you mean "json'],
    [['account', '--format', 'jsno'], 'Did you mean "json"?'],
    [['--report', 'jsno=x'], 'Did you mean "json'],
    [['--fail-on', 'rot'], 'Did you mean "root"?'],
    [['--min-confidence', 'hihg'], 'Did you mean "high"?'],
    [['disable', 'x', '--mode', 'delte'], 'Did you mean "delete"?'],
    [['disable', 'x', '--min-confidence', 'hihg'], 'Did you mean "high"?'],
    [['--verify', '--endpoint', 'rma=https://ram.example.com'], 'Did you mean "ram=..."?'],
    [['log', 'verfy'], 'Did you mean "verify"?'],
    [['hook', 'instal'], 'Did you mean "install"?'],
    [['completion', 'zhs'], 'Did you mean "zsh"?'],
    [['demo', '--serve', '--fault', 'Throttling.Usr'], 'Did you mean "Throttling.User"?'],
  ])('is answered with what was meant: %j', async (args, hint) => {
    const { code, stdout, stderr } = await akscan(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(hint);
  });

  it('far from every word gets the list', async () => {
    const { code, stderr } = await akscan(['account', '--format', 'xml']);
    expect(code).toBe(2);
    expect(stderr).toBe('akscan: --format: "xml" is not known.\n  Choose from text, json.\n');
  });
});
