// One line of the result. Outcomes: `met`, `missed`, `stated` (nothing is demanded), `ran` (--short judges nothing),
// `skipped`.

/**
 * @typedef {object} Row
 * @property {string} name what was measured
 * @property {string} ours
 * @property {string} reference '' without one
 * @property {string} result the ratio, speed or amount that is judged
 * @property {string} target '' when nothing is demanded
 * @property {'met' | 'missed' | 'stated' | 'ran' | 'skipped'} outcome
 */

const MEGABYTE = 1_000_000;

const time = (seconds) => (seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`);
export const amount = (bytes) => `${Math.round(bytes / MEGABYTE).toLocaleString('en-GB')} MB`;

const inTenths = (bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`;

const stated = (size) => (size === 'short' ? 'ran' : 'stated');
const judged = (size, isMet) => (size === 'short' ? 'ran' : isMet ? 'met' : 'missed');

/** Ours against a reference program, both in seconds. @returns {Row} */
export const ratioRow = (size, name, { ours, reference }, referenceName, most) => {
  const ratio = ours / reference;
  return {
    name,
    ours: time(ours),
    reference: `${time(reference)} ${referenceName}`,
    result: `${ratio.toFixed(2)}x`,
    target: most === null ? '' : `at most ${most}x`,
    outcome: most === null ? stated(size) : judged(size, ratio <= most),
  };
};

/** How many times faster ours is than a reference program, both in seconds. @returns {Row} */
export const fasterRow = (size, name, { ours, reference }, referenceName, least) => ({
  name,
  ours: time(ours),
  reference: `${time(reference)} ${referenceName}`,
  result: `${(reference / ours).toFixed(1)}x faster`,
  target: least === null ? '' : `at least ${least}x`,
  outcome: least === null ? stated(size) : judged(size, reference / ours >= least),
});

/** Costs that should be the same: the dearest beside the cheapest. @returns {Row} */
export const evenRow = (size, name, costs, unit, most) => {
  const ratio = Math.max(...costs) / Math.min(...costs);
  return {
    name,
    ours: `${costs.map((cost) => cost.toFixed(2)).join(', ')} ${unit}`,
    reference: '',
    result: `${ratio.toFixed(2)}x`,
    target: `at most ${most}x`,
    outcome: judged(size, ratio <= most),
  };
};

/** Bytes for each second of a processor, at least `least` billion. @returns {Row} */
export const speedRow = (size, name, { ours, reference, processor }, referenceName, bytes, least) => ({
  name,
  ours: `${time(ours)}, processor ${time(processor)}`,
  reference: `${time(reference)} ${referenceName}`,
  result: `${(bytes / processor / 1e9).toFixed(2)} GB/s a core`,
  target: `at least ${least} GB/s`,
  outcome: judged(size, bytes / processor / 1e9 >= least),
});

/** One run that must end in time; its memory is stated. @returns {Row} */
export const secondsRow = (size, name, { seconds, peak, code }, most) => ({
  name,
  ours: `${time(seconds)}, exit ${code}`,
  reference: '',
  result: `${time(seconds)}, ${amount(peak)}`,
  target: `under ${most} s`,
  outcome: judged(size, seconds < most),
});

/** The most memory one run had, below `most` bytes. @returns {Row} */
export const memoryRow = (size, name, { seconds, peak, together }, most) => ({
  name,
  ours: `${time(seconds)}${together === null ? '' : `, with git ${amount(Math.max(together, peak))}`}`,
  reference: '',
  result: amount(peak),
  target: `under ${amount(most)}`,
  outcome: judged(size, peak < most),
});

/** Ours as fast as a reference, both in seconds: at least `least` of its speed. @returns {Row} */
export const atLeastRow = (size, name, ours, reference, referenceName, least) => ({
  name,
  ours: time(ours),
  reference: `${time(reference)} ${referenceName}`,
  result: `${((100 * reference) / ours).toFixed(0)} % of its speed`,
  target: `at least ${Math.round(least * 100)} %`,
  outcome: judged(size, reference / ours >= least),
});

/** Seconds for `count` of them, at most `most` milliseconds each. @returns {Row} */
export const perRow = (size, name, seconds, count, most) => ({
  name,
  ours: time(seconds),
  reference: '',
  result: `${((seconds * 1000) / count).toFixed(1)} ms each`,
  target: `under ${most} ms`,
  outcome: judged(size, (seconds * 1000) / count < most),
});

/** Processor time beyond that of a reference, as a share of it, below `most`. @returns {Row} */
export const extraRow = (size, name, ours, reference, referenceName, most) => {
  const extra = ours / reference - 1;
  return {
    name,
    ours: `processor ${time(ours)}`,
    reference: `${time(reference)} ${referenceName}`,
    result: `${(extra * 100).toFixed(1)} % more`,
    target: `under ${most * 100} %`,
    outcome: judged(size, extra < most),
  };
};

/** What was on the disk: mirrors at their most, below `most` bytes, and the store. @returns {Row} */
export const diskRow = (size, name, seconds, { mirrors, left, store }, most) => ({
  name,
  ours: `${time(seconds)}, store ${inTenths(store)}, left of the mirrors ${inTenths(left)}`,
  reference: '',
  result: `mirrors ${inTenths(mirrors)}`,
  target: `under ${amount(most)} (--cache-size)`,
  outcome: judged(size, mirrors < most),
});

/** How many times as long ours takes; nothing is demanded. @returns {Row} */
export const timesRow = (size, name, ours, reference, referenceName) => ({
  name,
  ours: time(ours),
  reference: `${time(reference)} ${referenceName}`,
  result: `${(ours / reference).toFixed(1)} times as long`,
  target: '',
  outcome: stated(size),
});

/** @returns {Row} */
export const skippedRow = (name, why) => ({
  name,
  ours: why,
  reference: '',
  result: '',
  target: '',
  outcome: 'skipped',
});
