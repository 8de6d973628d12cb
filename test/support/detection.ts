// The parts of detection put together for tests of one part, and the ways back from what it found.

import { base64Forms } from '../../src/detect/anchor-forms.js';
import { type Layer, rawLayer } from '../../src/detect/layers/layer.js';
import { createNamer } from '../../src/detect/namer.js';
import { createNoise } from '../../src/detect/noise.js';
import { rulesFor } from '../../src/detect/rules.js';
import type { DetectorOptions } from '../../src/detect/types.js';
import { createValueFinder } from '../../src/detect/values.js';
import { builtInVocabulary } from '../../src/detect/vocabulary.js';
import type { WindowTools } from '../../src/detect/window.js';

export const createTools = (options: DetectorOptions = {}): WindowTools => {
  const rules = rulesFor(options);
  const prefixes = rules.flatMap(({ key }) => (key === undefined || key.prefix === '' ? [] : [key.prefix]));
  const texts = prefixes.flatMap((prefix) => [
    prefix,
    ...base64Forms(Buffer.from(prefix)).map((form) => Buffer.from(form).toString('latin1')),
  ]);
  return {
    finder: createValueFinder(rules, builtInVocabulary.glue, createNoise(builtInVocabulary)),
    namer: createNamer(builtInVocabulary),
    rules,
    secretsAlone: rules.some(({ key, secret }) => key === undefined && secret !== undefined),
    vocabulary: builtInVocabulary,
    wideAnchors: texts.map((text) => Buffer.from(text, 'utf16le').subarray(0, -1)),
  };
};

export const layerOf = (text: string): Layer => rawLayer(Buffer.from(text, 'utf8').toString('latin1'));
