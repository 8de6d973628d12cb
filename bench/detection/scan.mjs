// Runs the scanner as a program and reads what it reports. Nothing of the project is imported.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Scans `dir` with default options. Returns the findings as { path, line, id | null, secret | null }, one for each
 * place. Throws when the program fails or skips something.
 */
export const scan = async (program, dir) => {
  const child = spawn(
    process.execPath,
    [program, 'scan', '--format', 'jsonl', '--show-secrets', '--fail-on', 'never', dir],
    { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    if (complaint.length < 2000) complaint += chunk;
  });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const found = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === '') continue;
    const record = parse(line);
    // Design examples carry no type on findings: what has occurrences is one.
    if (record.type !== 'finding' && record.occurrences === undefined) continue;
    for (const place of record.occurrences) {
      found.push({
        path: relative(dir, place.path),
        line: place.line,
        id: record.accessKeyId ?? null,
        secret: record.secret ?? null,
      });
    }
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the scanner ended with ${code}: ${complaint.trim().slice(0, 600)}`);
  return found;
};

const parse = (line) => {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error('the scanner printed a line that is not JSON');
  }
};

const relative = (dir, file) => (file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file.replace(/^\.\//, ''));
