// What a context template is given: random values, and credentials that are written down as truth when it asks for them.
import { randomness } from './values.mjs';

/**
 * The kinds of context. Each has a name, the file it writes (its name matters: tools read file names), a template and
 * the name of the encoding, `plain` unless said otherwise.
 */
const context = (name, path, make, { encoding = 'plain', raw = false } = {}) => ({ name, path, make, encoding, raw });

/** One pair in one file: the template gets (id, secret, kit). */
export const pair = (name, path, template, options) =>
  context(
    name,
    path,
    (kit) => {
      const { id, secret } = kit.pair();
      return template(id, secret, kit);
    },
    options,
  );

/** One ID whose secret is nowhere: whatever a scanner pairs it with is wrong. The template gets (id, kit). */
export const lone = (name, path, template, options) => context(name, path, (kit) => template(kit.lone(), kit), options);

/** A temporary credential: the template gets ({ id, secret, token }, kit). */
export const temporary = (name, path, template, options) =>
  context(name, path, (kit) => template(kit.temporary(), kit), options);

/** Whatever else: the template asks the kit for its credentials. */
export const several = (name, path, template, options) => context(name, path, template, options);

/**
 * Several files in one folder. The template returns `{ path: text }` and names the file of each ID it asks for,
 * since an ID counts in the file that holds it.
 */
export const folder = (name, template, options) => context(name, undefined, template, options);

/**
 * A kit for one instance of a context. `turn` chooses the length of the IDs: every third instance has old, short ones.
 * `truth` collects { id, secret | null, path | undefined }; without a path it is the context's only file.
 */
export const createKit = (seed, turn) => {
  const random = randomness(seed);
  const truth = [];
  const id = () => (turn % 3 === 1 ? random.id16() : random.id24());
  const plant = (entry) => {
    truth.push(entry);
    return entry;
  };
  const kitPair = (path) => plant({ id: id(), secret: random.secret30(), path });
  const kit = {
    ...random,
    pair: kitPair,
    pairs: (n) => Array.from({ length: n }, () => kitPair()),
    lone: (path) => plant({ id: id(), secret: null, path }).id,
    /** The ID of a pair once more, in another file that holds no secret. */
    again: (pair, path) => plant({ id: pair.id, secret: null, path }).id,
    temporary: (path) => {
      const all = random.sts();
      plant({ id: all.id, secret: all.secret, path });
      return all;
    },
    filler: (style, n) => Array.from({ length: n }, (_, i) => FILLER[style](random, i)).join('\n'),
  };
  return { kit, truth };
};

/** Lines to stand between an ID and its secret: ordinary code, with ordinary random-looking values in it. */
const FILLER = {
  properties: (r, i) =>
    i % 7 === 6
      ? `${r.word()}.${r.word()}.checksum=${r.hex(40)}`
      : `${r.word()}.${r.word()}.${r.word()}-${r.word()}=${r.pick([r.word(), 'true', r.int(1, 9000), `jdbc:mysql://${r.word()}:3306/${r.word()}`])}`,
  yaml: (r, i) =>
    i % 9 === 8
      ? `  traceId: ${r.trace()}`
      : `  ${r.word()}-${r.word()}: ${r.pick([r.word(), 'false', r.int(1, 9000)])}`,
  java: (r, i) =>
    i % 6 === 5
      ? `    private ${r.Word()} ${r.camel(30)};`
      : `    private static final String ${r.word().toUpperCase()}_${r.word().toUpperCase()} = "${r.word()}-${r.word()}";`,
  script: (r, i) =>
    i % 8 === 7
      ? `  const ${r.camel(15)} = await ${r.camel(30)}('${r.uuid()}');`
      : `  this.${r.camel(14)} = ${r.word()}.${r.camel(12)}(${r.int(0, 99)});`,
  python: (r, i) =>
    i % 5 === 4
      ? `# ${r.word()} ${r.word()} ${r.word()}`
      : `${r.word()}_${r.word()} = ${r.word()}_${r.word()}(${r.int(1, 50)})`,
  log: (r) =>
    `${r.date()} 10:${r.int(10, 59)}:${r.int(10, 59)}.${r.int(100, 999)} [http-nio-8080-exec-${r.int(1, 9)}] INFO  c.${r.word()}.${r.Word()}${r.Word()} - traceId=${r.trace()} cost=${r.int(1, 900)}ms`,
};
