// Builds the labelled set of one seed: files, and what is true of each of them.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import accidents from './clean/accidents.mjs';
import neighbours from './clean/neighbours.mjs';
import placeholders from './clean/placeholders.mjs';
import alone from './contexts/alone.mjs';
import binary from './contexts/binary.mjs';
import configuration from './contexts/configuration.mjs';
import crowded from './contexts/crowded.mjs';
import data from './contexts/data.mjs';
import encodings from './contexts/encodings.mjs';
import environment from './contexts/environment.mjs';
import escapes from './contexts/escapes.mjs';
import folders from './contexts/folders.mjs';
import infrastructure from './contexts/infrastructure.mjs';
import json from './contexts/json.mjs';
import jvm from './contexts/jvm.mjs';
import layered from './contexts/layered.mjs';
import markup from './contexts/markup.mjs';
import native from './contexts/native.mjs';
import prose from './contexts/prose.mjs';
import records from './contexts/records.mjs';
import scripts from './contexts/scripts.mjs';
import temporary from './contexts/temporary.mjs';
import tools from './contexts/tools.mjs';
import web from './contexts/web.mjs';
import xml from './contexts/xml.mjs';
import { createKit } from './kit.mjs';
import { assertInScope } from './scope.mjs';

const FAMILIES = {
  environment,
  configuration,
  json,
  xml,
  infrastructure,
  tools,
  jvm,
  scripts,
  web,
  native,
  data,
  prose,
  markup,
  crowded,
  records,
  encodings,
  escapes,
  layered,
  temporary,
  alone,
  binary,
  folders,
};

/** Every context, as { family, name, path, make, encoding, raw }. */
export const contexts = Object.entries(FAMILIES).flatMap(([family, list]) => list.map((one) => ({ family, ...one })));

const CLEAN = [...placeholders, ...accidents, ...neighbours];

/** Three instances a context, so that each meets old and new IDs. */
const INSTANCES = 3;

/**
 * Writes the set into `dir`: each instance of a context, and each clean file, in a folder of its own.
 * Returns { truths, cleanFiles, kinds }: `truths` has one { path, id, secret | null, line, context } for each ID in a
 * file, `cleanFiles` what the files that hold none are, by path, `kinds` the number of kinds of file.
 */
export const buildDataset = (dir, seed) => {
  const truths = [];
  const cleanFiles = new Map();
  const kinds = new Set();
  const folderNames = numbering(seed);

  const write = (folder, file, content) => {
    const relative = `${folder}/${file}`;
    const absolute = path.join(dir, relative);
    if (existsSync(absolute)) throw new Error(`two files are called ${relative}`);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
    return relative;
  };

  for (const [index, context] of contexts.entries()) {
    for (let turn = 0; turn < INSTANCES; turn += 1) {
      const { kit, truth } = createKit(seed * 1000003 + index * 17 + turn, turn);
      const made = context.make(kit);
      const files = context.path === undefined ? made : { [context.path]: made };
      const folder = folderNames();
      for (const [file, text] of Object.entries(files)) {
        const content = lineEndings(kit, context, text);
        const relative = write(folder, file, content);
        kinds.add(kindOf(file));
        const here = truth.filter((entry) => (entry.path ?? file) === file);
        if (here.length > 0) assertInScope(content, `${context.family}: ${context.name}`);
        for (const { id, secret } of here)
          truths.push({ path: relative, id, secret, line: lineOf(content, id), context });
      }
      for (const entry of truth) {
        if (entry.path !== undefined && !(entry.path in files))
          throw new Error(`${context.name} has no file ${entry.path}`);
      }
    }
  }
  for (const [index, { name, make }] of CLEAN.entries()) {
    const { kit } = createKit(seed * 1000003 + 500009 + index, 0);
    const { path: file, text } = make(kit);
    cleanFiles.set(write(folderNames(), file, text), name);
  }
  return { truths, cleanFiles, kinds: kinds.size };
};

/** Folder names that say nothing: a tool must not be able to tell from the path what is inside. */
const numbering = (seed) => {
  const { kit } = createKit(seed, 0);
  const used = new Set();
  return () => {
    for (;;) {
      const name = `${kit.word()}-${kit.digits(4)}`;
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
    }
  };
};

/** One text file in seven has CRLF. */
const lineEndings = (kit, context, content) =>
  context.raw || Buffer.isBuffer(content) || content.includes('\r') || !kit.chance(1 / 7)
    ? content
    : content.replaceAll('\n', '\r\n');

const kindOf = (file) => {
  const base = path.posix.basename(file);
  return path.posix.extname(base) || base;
};

/** The line of an ID that stands there in clear, or undefined. */
const lineOf = (content, id) => {
  const text = Buffer.from(content).toString('latin1');
  const at = text.indexOf(id);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
};
