// Options that take globs over paths.

import { type Complaint, refused } from '../glob-complaint.js';

/** @throws AkscanError that names the option, for a glob that no path can match or that could take for ever */
export const globsOf = (
  typed: readonly string[] | undefined,
  option: string,
  complaintAbout: (glob: string) => Complaint | null,
): readonly string[] => {
  for (const glob of typed ?? []) {
    const complaint = complaintAbout(glob);
    if (complaint !== null) throw refused(glob, option, complaint);
  }
  return typed ?? [];
};
