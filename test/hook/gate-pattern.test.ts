import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
// @ts-expect-error a plain script that imports nothing of ours
import { buildDataset } from '../../bench/detection/dataset.mjs';
import { anchorsOf } from '../../src/detect/anchors.js';
import { createDetector } from '../../src/detect/detector.js';
import { rulesFor } from '../../src/detect/rules.js';
import { gateAnchors, gatePattern, type PatternKind } from '../../src/hook/gate-pattern.js';
import { KIND_OPTION } from '../../src/hook/try-gate.js';
import { credentialsOf, judgeStaged } from '../support/change.js';
import { ask, gatedHook, KINDS } from '../support/hooked.js';
import { git, sharedFolder } from '../support/repository.js';
import { createTemplates } from '../support/templates.js';

const RULES = path.resolve(import.meta.dirname, '../../rules');

interface Document {
  readonly confidence?: string;
  readonly examples?: { readonly match?: readonly { readonly text: string }[]; readonly clean?: readonly string[] };
}

const folder = sharedFolder();
const files = new Map<string, Buffer>();
const blobs = new Map<string, string>();
let truths: readonly { readonly path: string }[] = [];

/** The labelled set of the detection benchmark, and the examples of the rules that are searched for by default. */
beforeAll(() => {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  truths = buildDataset(folder, 7).truths;
  for (const name of readdirSync(RULES).filter((each) => each.startsWith('alibaba'))) {
    const rule = parse(readFileSync(path.join(RULES, name), 'utf8')) as Document;
    const texts = [...(rule.examples?.match ?? []).map(({ text }) => text), ...(rule.examples?.clean ?? [])];
    mkdirSync(path.join(folder, name));
    for (const [index, text] of texts.entries())
      writeFileSync(path.join(folder, name, `${index}.txt`), createTemplates(index).expand(text));
  }
  git(folder, 'add', '--all');
  for (const line of git(folder, 'ls-files', '--stage', '-z').split('\0').filter(Boolean)) {
    const [head = '', name = ''] = line.split('\t');
    blobs.set(name, head.split(' ')[1] ?? '');
    files.set(name, readFileSync(path.join(folder, name)));
  }
}, 120_000);

const matched = (kind: PatternKind, pattern: string): ReadonlySet<string> => {
  const tree = git(folder, 'write-tree');
  const args = ['grep', '-l', '-z', '--text', KIND_OPTION[kind], '-e', pattern, tree];
  const out = execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return new Set(
    out
      .split('\0')
      .filter(Boolean)
      .map((name) => name.slice(tree.length + 1)),
  );
};

const foldersOf = (names: Iterable<string>): ReadonlyMap<string, readonly string[]> => {
  const folders = new Map<string, string[]>();
  for (const name of names) {
    const top = name.slice(0, name.indexOf('/'));
    folders.set(top, [...(folders.get(top) ?? []), name]);
  }
  return folders;
};

/** Makes the index hold these files and no others. */
const stage = (names: readonly string[]): void => {
  git(folder, 'read-tree', '--empty');
  const infos = names.flatMap((name) => ['--cacheinfo', `100644,${blobs.get(name)},${name}`]);
  git(folder, 'update-index', '--add', ...infos);
};

describe.each(KINDS)('the %s pattern of the gate', (kind) => {
  it('matches the files that hold an anchor, and no others', () => {
    const detector = createDetector();
    const holding = [...files].filter(([, bytes]) => {
      detector.buffer.set(bytes);
      return detector.holdsAnchor(bytes.length);
    });
    expect(files.size).toBeGreaterThan(1_000);
    expect(holding.length).toBeGreaterThan(500);
    expect([...matched(kind, gatePattern(kind, {}).anchors)].sort()).toEqual(holding.map(([name]) => name).sort());
  });

  it('knows every file that may be the other half of an ID', () => {
    const detector = createDetector();
    const halves = [...files].filter(([name, bytes]) => detector.holdsLoneSecret({ name: path.basename(name), bytes }));
    expect(halves.length).toBeGreaterThan(20);
    const words = matched(kind, gatePattern(kind, {}).words);
    expect(halves.map(([name]) => name).filter((name) => !words.has(name))).toEqual([]);
    expect(words.size).toBeLessThan(files.size);
  });
});

describe('the byte strings of the gate', () => {
  it.each(['medium', 'low'] as const)('are no longer than what the search compares: %s confidence', (minConfidence) => {
    const detector = createDetector({ minConfidence });
    const wanted = gateAnchors({ minConfidence });
    for (const anchor of anchorsOf(rulesFor({ minConfidence }))) {
      for (let length = 1; length <= anchor.length; length += 1) {
        const bytes = Buffer.concat([anchor.subarray(0, length), Buffer.from('~')]);
        detector.buffer.set(bytes);
        const held = detector.holdsAnchor(bytes.length);
        expect(wanted.some((text) => bytes.toString('latin1').includes(text))).toBe(held);
      }
    }
  });
});

describe('the gate', () => {
  it('lets through every folder of the labelled set that holds a key, and akscan reports nothing of the others', async () => {
    const hook = gatedHook();
    const withKeys = new Set(truths.map(({ path: name }) => name.slice(0, name.indexOf('/'))));
    let kept = 0;
    for (const [index, [name, inside]] of [...foldersOf(files.keys())].entries()) {
      // Of those with keys every fifth: that all of their files are known is shown above.
      if (withKeys.has(name) && index % 5 !== 0) continue;
      stage(inside);
      if (ask(hook, folder) === 'starts akscan') continue;
      kept += 1;
      expect(withKeys.has(name), name).toBe(false);
      expect(credentialsOf(await judgeStaged(folder)), name).toEqual([]);
    }
    expect(kept).toBeGreaterThan(10);
  }, 300_000);

  it('lets through whatever akscan reports when one file of several is new', async () => {
    const hook = gatedHook();
    let reported = 0;
    for (const inside of [...foldersOf(files.keys()).values()].filter(
      (names) => names.length > 1 && names.length < 9,
    )) {
      for (const added of inside) {
        stage(inside.filter((name) => name !== added));
        git(folder, 'update-ref', 'HEAD', git(folder, 'commit-tree', '-m', 'before', git(folder, 'write-tree')));
        stage(inside);
        const answer = ask(hook, folder);
        const found = credentialsOf(await judgeStaged(folder));
        if (answer === 'nothing to report') expect(found, added).toEqual([]);
        else if (found.length > 0) reported += 1;
      }
    }
    git(folder, 'update-ref', '-d', 'HEAD');
    expect(reported).toBeGreaterThan(20);
  }, 300_000);
});
