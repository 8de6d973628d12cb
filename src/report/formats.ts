// The formats by name. Each is loaded when it is asked for.

import type { Report } from '../findings/model.js';
import type { WriteReport } from './types.js';

const FORMATS = {
  text: async () => (await import('./text.js')).writeText,
  json: async () => (await import('./json.js')).writeJson,
  jsonl: async () => (await import('./jsonl.js')).writeJsonl,
  sarif: async () => (await import('./formats/sarif.js')).writeSarif,
  csv: async () => (await import('./formats/csv.js')).writeCsv,
  junit: async () => (await import('./formats/junit.js')).writeJunit,
  github: async () => (await import('./formats/github.js')).writeGithub,
  gitlab: async () => (await import('./formats/gitlab.js')).writeGitlab,
  brief: async () => (await import('./formats/brief.js')).writeBrief,
  markdown: async () => (await import('./formats/markdown.js')).writeMarkdown,
  html: async () => (await import('./html/html.js')).writeHtml,
} satisfies Record<string, () => Promise<WriteReport>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);

/** @param report that will be written: an audit's has a text of its own */
export const loadFormat = async (name: FormatName, { summary }: Pick<Report, 'summary'>): Promise<WriteReport> =>
  name === 'text' && summary.audit !== undefined
    ? (await import('./audit/text.js')).writeAuditText
    : await FORMATS[name]();
