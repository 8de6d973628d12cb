// What a configuration can say (schema/config.schema.json), and whose counts.

import type { Confidence } from '../detect/types.js';

/** Which shown findings end the run in exit code 1. */
export type FailOn = 'any' | 'secret' | 'live' | 'root' | 'never';

export const FAIL_ON: readonly FailOn[] = ['any', 'secret', 'live', 'root', 'never'];
export const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];

/** The keys of akscan.config.yml; absent ones are at their default. */
export interface Configuration {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Bytes. */
  readonly maxSize?: number;
  readonly minConfidence?: Confidence;
  readonly failOn?: FailOn;
  readonly allowComments?: boolean;
  readonly baseline?: string;
  readonly ignoreFile?: string;
  /** Checked by the detector against rules/schema.json. */
  readonly rules?: readonly unknown[];
}

/**
 * Whose configuration counts. `tree`: what lies in the scanned tree; for a person scanning at a terminal. `file`: the
 * caller's, whatever the tree says. `none`: defaults.
 */
export type ConfigurationChoice =
  | { readonly from: 'tree' }
  | { readonly from: 'file'; readonly file: string }
  | { readonly from: 'none' };
