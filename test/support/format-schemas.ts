// What SARIF 2.1.0 and GitLab's report of secret detection (15.0.6) demand of the parts that akscan writes, in our own words and
// stricter: a member that is not listed here is not written. The schemas themselves are not ours to ship; what is written
// was held against them when these were made.

import { Ajv, type ValidateFunction } from 'ajv';

const text = { type: 'string' };
const filled = { type: 'string', minLength: 1 };
const natural = { type: 'integer', minimum: 0 };
const positive = { type: 'integer', minimum: 1 };
const bag = { type: 'object' };

const object = (
  required: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});

const list = (items: object): object => ({ type: 'array', items });

const message = object({ text: filled });
const levels = { enum: ['none', 'note', 'warning', 'error'] };

/** RFC 3986: what may stand in a URI reference at all; a relative one has no colon before its first slash. */
const URI = "(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})*";
const uri = { type: 'string', pattern: `^(?:file:///${URI}|(?![/])${URI})$` };

const location = object(
  {
    physicalLocation: object({
      artifactLocation: object({ uri }, { uriBaseId: { const: '%SRCROOT%' } }),
      region: object({ startLine: positive, startColumn: positive }, { endLine: positive, endColumn: positive }),
    }),
  },
  { id: natural, message, properties: bag },
);

const rule = object({
  id: filled,
  name: filled,
  shortDescription: message,
  fullDescription: message,
  help: object({ text: filled, markdown: filled }),
  defaultConfiguration: object({ level: levels }),
  properties: object({
    'security-severity': { type: 'string', pattern: '^(?:10|[0-9])\\.[0-9]$' },
    precision: { enum: ['very-high', 'high', 'medium', 'low'] },
    tags: { type: 'array', items: text, uniqueItems: true },
  }),
});

const result = object(
  {
    ruleId: filled,
    ruleIndex: natural,
    level: levels,
    message,
    locations: { ...list(location), maxItems: 1 },
    partialFingerprints: { type: 'object', additionalProperties: text },
    properties: bag,
  },
  { relatedLocations: { ...list(location), uniqueItems: true, minItems: 1 } },
);

/** Section 3.23; the mapping without a base, since the paths it speaks of have none. */
const provenance = object({
  repositoryUri: { type: 'string', pattern: '^(?:https?|ssh)://[^\\s]+$' },
  mappedTo: object({ uri: { type: 'string', pattern: `^(?![/])${URI}/$` } }),
});

const SARIF = object({
  $schema: filled,
  version: { const: '2.1.0' },
  runs: {
    ...list(
      object(
        {
          tool: object({ driver: object({ name: filled, semanticVersion: filled, rules: list(rule) }) }),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          invocations: list(
            object({
              executionSuccessful: { type: 'boolean' },
              toolExecutionNotifications: list(object({ level: levels, message })),
            }),
          ),
          results: list(result),
        },
        { versionControlProvenance: { ...list(provenance), uniqueItems: true, minItems: 1 } },
      ),
    ),
    minItems: 1,
  },
});

const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' };
const tool = object({ id: filled, name: filled, version: filled, vendor: object({ name: filled }) });
const detail = object({ type: { const: 'text' }, value: text }, { name: filled });

const vulnerability = object({
  id: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$' },
  name: { type: 'string', minLength: 1, maxLength: 255 },
  description: { type: 'string', maxLength: 1_048_576 },
  severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
  solution: { type: 'string', maxLength: 7000 },
  identifiers: {
    ...list(
      object({ type: filled, name: filled, value: filled }, { url: { type: 'string', pattern: '^https?://.+' } }),
    ),
    minItems: 1,
  },
  location: object(
    { commit: object({ sha: filled }, { author: text, date: text, message: text }) },
    { file: text, start_line: positive, end_line: positive },
  ),
  details: object({
    verdict: detail,
    rule: detail,
    fingerprint: detail,
    places: object({ type: { const: 'list' }, name: filled, items: list(detail) }),
  }),
});

const GITLAB = object({
  version: { const: '15.0.6' },
  scan: object({
    type: { const: 'secret_detection' },
    status: { enum: ['success', 'failure'] },
    start_time: time,
    end_time: time,
    analyzer: tool,
    scanner: tool,
    messages: list(object({ level: { enum: ['info', 'warn', 'fatal'] }, value: filled })),
  }),
  vulnerabilities: list(vulnerability),
});

const wrongOf = (validate: ValidateFunction, written: string): string | null => {
  if (validate(JSON.parse(written))) return null;
  return (validate.errors ?? []).map(({ instancePath, message: what }) => `${instancePath} ${what}`).join('; ');
};

const compile = (schema: object): ValidateFunction => new Ajv({ strict: false }).compile(schema);

const [sarif, gitlab] = [compile(SARIF), compile(GITLAB)];

/** What is wrong with it; null when nothing is. */
export const wrongWithSarif = (written: string): string | null => wrongOf(sarif, written);

/** What is wrong with it; null when nothing is. */
export const wrongWithGitlab = (written: string): string | null => wrongOf(gitlab, written);
