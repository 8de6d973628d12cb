// One object of a repository, read again for a report.

import type { Detection, Detector } from '../../detect/types.js';
import { createObjectReader } from '../../git/object-reader.js';
import { startGitAlone } from '../../git/run.js';

const never = (): AbortSignal => new AbortController().signal;

/** What an object holds, however large it is; nothing when it is not there. */
export const judgeObject = async (top: string, oid: string, detector: Detector): Promise<readonly Detection[]> => {
  const place = { cwd: top, top };
  const reader = createObjectReader(place, never());
  try {
    const info = await reader.info(oid);
    if (info === null) return [];
    if (info.size <= detector.buffer.length) {
      const object = await reader.read(info.oid, info.size);
      return object === null ? [] : detector.scan(object.bytes).detections;
    }
    const git = startGitAlone(place, ['cat-file', info.type, info.oid], never());
    const stream = detector.stream();
    for await (const chunk of git.stdout) stream.push(chunk as Buffer);
    await git.ended;
    return stream.end().detections;
  } finally {
    reader.close();
  }
};

/** @param name anything git resolves, `<commit>:<path>` for one */
export const bytesOfObject = async (top: string, name: string, limit: number): Promise<Uint8Array | null> => {
  const reader = createObjectReader({ cwd: top, top }, never());
  try {
    return (await reader.read(name, limit))?.bytes ?? null;
  } finally {
    reader.close();
  }
};
