// Compares what a scanner reported with what is true.

/** Counts that precision and recall are made of. */
const tally = () => ({ right: 0, wrong: 0, missed: 0 });

export const precision = ({ right, wrong }) => (right + wrong === 0 ? 1 : right / (right + wrong));
export const recall = ({ right, missed }) => (right + missed === 0 ? 1 : right / (right + missed));

/**
 * An ID counts once for each file. A pair is right only with the secret that belongs to the ID; a second secret for the
 * same ID, or any secret for an ID that stands alone, is a wrong pair. A reported secret without an ID is wrong too.
 * Returns { ids, pairs, cleanHit, groups: { family, context, encoding }, faults }.
 */
export const score = ({ truths, cleanFiles }, found) => {
  const total = { ids: tally(), pairs: tally() };
  const groups = { family: new Map(), context: new Map(), encoding: new Map() };
  const faults = [];
  const cleanHit = new Set();

  const countersOf = (context) => [
    total,
    ...(context === undefined
      ? []
      : [
          ['family', context.family],
          ['context', `${context.family}: ${context.name}`],
          ['encoding', context.encoding],
        ].map(([group, name]) => {
          if (!groups[group].has(name)) groups[group].set(name, { ids: tally(), pairs: tally() });
          return groups[group].get(name);
        })),
  ];
  const count = (context, what, outcome) => {
    for (const counters of countersOf(context)) counters[what][outcome] += 1;
  };

  const contextOfFile = new Map(folderContexts(truths));
  const truthOf = new Map(truths.map((truth) => [`${truth.path}\0${truth.id}`, truth]));
  const reported = new Map();
  for (const one of found) {
    const key = `${one.path}\0${one.id}`;
    if (!reported.has(key)) reported.set(key, { ...one, secrets: new Set() });
    if (one.secret !== null) reported.get(key).secrets.add(one.secret);
  }

  // An ID without a secret in one file may have its own in another: findings of one credential are merged.
  const ownSecret = new Map(truths.filter(({ secret }) => secret !== null).map(({ id, secret }) => [id, secret]));

  for (const [key, truth] of truthOf) {
    const { context, path, line, id, secret } = truth;
    const report = reported.get(key);
    const fault = (kind) => faults.push({ kind, path, line: line ?? report?.line, id, context });
    count(context, 'ids', report === undefined ? 'missed' : 'right');
    if (report === undefined) fault('ID missed');
    if (secret !== null) {
      const right = report?.secrets.has(secret) ?? false;
      count(context, 'pairs', right ? 'right' : 'missed');
      if (report !== undefined && !right && report.secrets.size === 0) fault('secret missed');
    }
    for (const other of report?.secrets ?? []) {
      if (other === ownSecret.get(id)) continue;
      count(context, 'pairs', 'wrong');
      fault(secret === null ? 'secret invented' : 'wrong secret');
    }
  }
  for (const [key, report] of reported) {
    if (truthOf.has(key)) continue;
    const context = contextOfFile.get(folderOf(report.path));
    const clean = cleanFiles.has(report.path);
    if (clean) cleanHit.add(report.path);
    if (report.id !== null) count(context, 'ids', 'wrong');
    for (let i = 0; i < report.secrets.size; i += 1) count(context, 'pairs', 'wrong');
    faults.push({
      kind: clean ? 'clean file hit' : report.id === null ? 'secret without ID' : 'no such ID',
      path: report.path,
      line: report.line,
      id: report.id,
      context,
      name: cleanFiles.get(report.path),
    });
  }
  return { ...total, cleanHit: cleanHit.size, groups, faults };
};

/** How bad a result is: the number of faults of each kind, added up. */
export const badness = ({ ids, pairs, cleanHit }) => ids.wrong + ids.missed + pairs.wrong + pairs.missed + cleanHit;

const folderOf = (file) => file.split('/')[0];
const folderContexts = (truths) => truths.map(({ path, context }) => [folderOf(path), context]);
