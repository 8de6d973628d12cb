// The name a finding keeps for life: ignore files, baselines and reports of different days meet on it.

/** SHA-256 of the UTF-8 text, hex. A scan that finds nothing never loads the module, which is felt at the start. */
export const sha256 = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');

/**
 * 64 hex digits. Of the ID alone where there is one, so that finding its secret later, moving the file or rewriting
 * history changes nothing; of the secret where the ID is unknown. The tag separates the two and dates the scheme.
 */
export const fingerprintOf = (accessKeyId: string | null, secret: string | null): string =>
  sha256(accessKeyId === null ? `akscan/1/secret/${secret ?? ''}` : `akscan/1/id/${accessKeyId}`);
