import { describe, expect, it } from 'vitest';
import { writeGithub } from '../../../src/report/formats/github.js';
import {
  fault,
  HOSTILE,
  hostileReport,
  pair,
  place,
  ROOT,
  report,
  withVerdict,
  writtenBy,
} from '../../support/report-samples.js';

/** As the runner reads a line (actions/runner, ActionCommand.cs). */
const COMMAND = /^::(?<name>error|warning|notice) (?<properties>[^:]*)::(?<message>.*)$/s;

interface Annotation {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const annotationsOf = (written: string): readonly Annotation[] =>
  written
    .split(/\r\n|[\n\r]/)
    .filter((line) => line !== '')
    .map((line) => {
      const groups = COMMAND.exec(line)?.groups;
      if (groups === undefined) throw new Error(`no command: ${line}`);
      const pairs = (groups['properties'] ?? '').split(',').map((each) => {
        const at = each.indexOf('=');
        return [each.slice(0, at), each.slice(at + 1)] as const;
      });
      return { name: groups['name'] ?? '', properties: Object.fromEntries(pairs), message: groups['message'] ?? '' };
    });

const of = (written: string, name: string): number =>
  annotationsOf(written).filter((each) => each.name === name).length;

const many = (length: number, over: object): readonly ReturnType<typeof pair>[] =>
  Array.from({ length }, () => pair(over));

describe('workflow commands', () => {
  it('mark the line, with the ID by its ends only', () => {
    const finding = pair();
    const written = writtenBy(writeGithub, report([finding]));
    const [annotation] = annotationsOf(written);
    expect(annotation?.name).toBe('error');
    expect(annotation?.properties).toMatchObject({ file: 'config/app.yml', line: '12', col: '5' });
    expect(written).not.toContain(finding.accessKeyId);
    expect(written).toContain(`${finding.accessKeyId?.slice(0, 8)}…${finding.accessKeyId?.slice(-4)}`);
  });

  it('are ten errors and ten warnings at most; one notice counts the rest', () => {
    const findings = [...many(14, {}), ...many(13, { severity: 'medium' }), ...many(3, { severity: 'low' })];
    const written = writtenBy(writeGithub, report(findings));
    expect([of(written, 'error'), of(written, 'warning'), of(written, 'notice')]).toEqual([10, 10, 1]);
    expect(annotationsOf(written).at(-1)?.message).toBe(
      '10 more AccessKeys without an annotation: 4 high, 3 medium, 3 low.',
    );
  });

  it('give the worst a place', () => {
    const root = withVerdict(pair(), ROOT);
    const [first] = annotationsOf(writtenBy(writeGithub, report([...many(12, {}), root])));
    expect(first?.properties['title']).toMatch(/^critical%3A /);
    expect(first?.message).toMatch(/^live, ROOT key of account 1234567890123456/);
  });

  it('keep a warning for what could not be read', () => {
    const written = writtenBy(writeGithub, report(many(12, { severity: 'medium' }), { skipped: [fault(), fault()] }));
    expect(of(written, 'warning')).toBe(10);
    expect(written).toContain(
      '::warning title=akscan%3A incomplete::broken.zip: The archive is cut. And 1 more problem.',
    );
  });

  it('say nothing when there is nothing', () => {
    expect(writtenBy(writeGithub, report([]))).toBe('');
  });

  it('name a message of a commit in words, since it is no file', () => {
    const finding = pair({ occurrences: [place({ source: 'message', path: null, blob: 'b'.repeat(40) })] });
    const [annotation] = annotationsOf(writtenBy(writeGithub, report([finding])));
    expect(Object.keys(annotation?.properties ?? {})).toEqual(['title']);
    expect(annotation?.message).toContain('In commit-message/bbbbbbbbbb.');
  });

  it.each(HOSTILE)('are as many, with the same properties, whatever stands in the fields: %s', (_, text) => {
    const annotations = annotationsOf(writtenBy(writeGithub, hostileReport(text)));
    expect(annotations.map(({ name }) => name)).toEqual(['error', 'error', 'error', 'warning']);
    for (const { properties, message } of annotations) {
      expect(['file,line,col,title', 'title']).toContain(Object.keys(properties).join());
      expect(message.length).toBeLessThan(50_000);
    }
  });
});
