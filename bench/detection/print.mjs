// The compact table.
import { precision, recall } from './score.mjs';

const percent = (value) => (value * 100).toFixed(1).padStart(6);
const pair = (counts) => `${percent(precision(counts))} ${percent(recall(counts))}`;
const perfect = ({ ids, pairs }) => ids.wrong + ids.missed + pairs.wrong + pairs.missed === 0;

/** All results, then the worst seed in detail. `verbose` also lists the groups without a fault. */
export const printText = ({ results, worst }, verbose) => {
  const out = ['                                    ID prec    rec  pair prec    rec  clean files hit'];
  for (const { seed, score, size } of results) {
    out.push(
      `${`seed ${seed}`.padEnd(34)} ${pair(score.ids)}   ${pair(score.pairs)}  ${score.cleanHit} of ${size.clean}`,
    );
  }
  if (results.length > 1) out.push(`${'lowest of each'.padEnd(34)} ${lowest(results)}`);
  const { seed, score, size } = worst;
  out.push(
    '',
    `Worst seed ${seed}: ${size.credentials} credentials in ${size.files} files, ${size.contexts} contexts, ${size.kinds} kinds of file.`,
  );
  section(out, 'By encoding', score.groups.encoding, true);
  section(out, 'By family', score.groups.family, true);
  section(out, verbose ? 'By context' : 'By context, those with a fault', score.groups.context, verbose);
  if (score.faults.length > 0) out.push('', `Missed and wrong (${score.faults.length})`);
  for (const fault of score.faults) {
    const place = fault.line === undefined ? fault.path : `${fault.path}:${fault.line}`;
    out.push(`  ${fault.kind.padEnd(18)}${place}  ${fault.id ?? ''}  (${whereFrom(fault)})`);
  }
  return `${out.join('\n')}\n`;
};

/** The lowest rate of each column, and the most clean files hit. */
const lowest = (results) => {
  const least = (rate) => percent(Math.min(...results.map(({ score }) => rate(score))));
  const ids = `${least((one) => precision(one.ids))} ${least((one) => recall(one.ids))}`;
  const pairs = `${least((one) => precision(one.pairs))} ${least((one) => recall(one.pairs))}`;
  return `${ids}   ${pairs}  ${Math.max(...results.map(({ score }) => score.cleanHit))}`;
};

const section = (out, title, group, all) => {
  const rows = [...group].filter(([, counts]) => all || !perfect(counts));
  if (rows.length === 0) return;
  out.push('', title);
  for (const [name, { ids, pairs }] of rows) out.push(`  ${clip(name, 32)} ${pair(ids)}   ${pair(pairs)}`);
};

/** The context of a fault, or what the clean file is. */
const whereFrom = ({ context, name }) =>
  context === undefined ? (name ?? 'nothing planted') : `${context.family}: ${context.name}`;

/** Names are cut from the middle, so that both ends can be told apart. */
const clip = (name, width) => {
  const shown = [...name];
  if (shown.length <= width) return name.padEnd(width);
  return `${shown.slice(0, width - 9).join('')}…${shown.slice(-8).join('')}`;
};

/** The same as one JSON object. */
export const printJson = ({ results, worst }) => {
  const rates = (score) => ({
    id: { ...score.ids, precision: precision(score.ids), recall: recall(score.ids) },
    pair: { ...score.pairs, precision: precision(score.pairs), recall: recall(score.pairs) },
  });
  const group = (map) => Object.fromEntries([...map].map(([name, counts]) => [name, rates(counts)]));
  return `${JSON.stringify(
    {
      seeds: results.map(({ seed, score, size }) => ({ seed, ...size, ...rates(score), cleanHit: score.cleanHit })),
      worst: {
        seed: worst.seed,
        byEncoding: group(worst.score.groups.encoding),
        byFamily: group(worst.score.groups.family),
        byContext: group(worst.score.groups.context),
        faults: worst.score.faults.map((fault) => {
          const { kind, path, line, id } = fault;
          return { kind, path, line, id, from: whereFrom(fault) };
        }),
      },
    },
    null,
    2,
  )}\n`;
};
