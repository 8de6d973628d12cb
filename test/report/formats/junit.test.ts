import { describe, expect, it } from 'vitest';
import { writeJunit } from '../../../src/report/formats/junit.js';
import {
  fault,
  HOSTILE,
  hostileReport,
  ofEverySeverity,
  pair,
  place,
  report,
  writtenBy,
} from '../../support/report-samples.js';

/** Characters that XML 1.0 can hold (https://www.w3.org/TR/xml/#charsets). */
const CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

const TOKENS =
  /<(?<close>\/)?(?<name>[a-z]+)(?<attributes>(?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*)(?<empty>\/)?>|(?<text>(?:[^<&]|&(?:amp|lt|gt|quot|apos);)+)/uy;

/** Names of the elements, in order. Throws for what is not well formed, or holds more of XML than this format needs. */
const elementsOf = (xml: string): readonly string[] => {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration) || !CHARACTERS.test(xml)) throw new Error('no XML');
  const open: string[] = [];
  const names: string[] = [];
  TOKENS.lastIndex = declaration.length;
  while (TOKENS.lastIndex < xml.length) {
    const at = TOKENS.lastIndex;
    const groups = TOKENS.exec(xml)?.groups;
    if (groups === undefined) throw new Error(`not well formed at ${at}: ${xml.slice(at, at + 80)}`);
    const { close, name, empty, text } = groups;
    if (text?.includes(']]>') === true) throw new Error('the end of CDATA in text');
    if (name === undefined) continue;
    if (close !== undefined) {
      if (open.pop() !== name) throw new Error(`${name} is not open`);
      continue;
    }
    names.push(name);
    if (empty === undefined) open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join()} not closed`);
  return names;
};

const count = (names: readonly string[], name: string): number => names.filter((each) => each === name).length;

describe('JUnit', () => {
  it('has a failed test for each finding and an error for each thing that could not be read', () => {
    const findings = ofEverySeverity();
    const written = writtenBy(writeJunit, report(findings, { skipped: [fault()] }));
    const names = elementsOf(written);
    expect([count(names, 'testcase'), count(names, 'failure'), count(names, 'error')]).toEqual([5, 4, 1]);
    expect(written).toContain('<testsuites name="akscan" tests="5" failures="4" errors="1" skipped="0">');
  });

  it('has one test that passed when there is nothing', () => {
    const names = elementsOf(writtenBy(writeJunit, report([])));
    expect(names).toEqual(['testsuites', 'testsuite', 'testcase']);
  });

  it('says where, and shows the ID by its ends only', () => {
    const finding = pair({ occurrences: [place(), place({ line: 40 })] });
    const written = writtenBy(writeJunit, report([finding]));
    expect(written).toContain('file="config/app.yml" line="12"');
    expect(written).toContain('config/app.yml:40');
    expect(written).not.toContain(finding.accessKeyId);
  });

  it('is an error when the run was stopped', () => {
    expect(count(elementsOf(writtenBy(writeJunit, report([], { interrupted: true }))), 'error')).toBe(1);
  });

  it.each(HOSTILE)('is well-formed XML 1.0 of the same shape whatever stands in the fields: %s', (_, text) => {
    const names = elementsOf(writtenBy(writeJunit, hostileReport(text)));
    expect([count(names, 'testcase'), count(names, 'failure'), count(names, 'error'), names.length]).toEqual([
      4, 3, 1, 10,
    ]);
  });
});
