// The only place that starts git. A scanned repository is hostile input and its .git/config counts as part of it, so
// every call overrides each setting that could run a program, ask a person or reach the network, and passes on none of
// the caller's GIT_* variables. Only plumbing that applies no attributes is ever called (`ls-files`, `cat-file`,
// `rev-list`, `rev-parse`, ...): `status`, `diff`, `checkout` and `archive` run filters a repository names, and no
// option switches those off. The one exception compares names only (index-diff.ts).

import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AkscanError, tooManyFiles } from '../errors.js';
import { withoutStreams } from '../standard-streams.js';
import { runPlainly } from './plain-process.js';

/** Settings given with `-c`, which win over every configuration file. */
export const hardenedConfig: readonly string[] = [
  'core.hooksPath=/dev/null',
  // Empty, not `false`: before git 2.36 the value is the name of a program.
  'core.fsmonitor=',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.askPass=',
  'core.editor=false',
  'core.alternateRefsCommand=',
  'core.attributesFile=/dev/null',
  'credential.helper=',
  'diff.external=',
  'gpg.program=false',
  'log.showSignature=false',
  'protocol.allow=never',
  'submodule.recurse=false',
  // The person may forbid bare repositories inside folders; here one is only ever read, with all of the above off.
  'safe.bareRepository=all',
];

/**
 * Bounds on what git keeps in memory: by default it maps whole packs. Measured on a pack of 100 MB: no slower, and half
 * the memory. Its cache of delta bases stays at the default of 96 MB: with half of that, reading all of a history takes
 * twice the time.
 */
const FRUGAL = ['core.packedGitLimit=16m', 'core.packedGitWindowSize=2m'];

/** Which of the caller's own configuration files count: they belong to the person, not to the repository. */
const KEPT = new Set(['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM']);

/**
 * What git sets for the hooks it runs: which repository, which index (`git commit FILE` makes one of its own), and where
 * the objects of a push wait that is not accepted yet (githooks, git-receive-pack "Quarantine Environment"). They name places and run
 * nothing. Only whoever judges a commit or a push looks there.
 */
const SET_FOR_HOOKS = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** Credentials and secrets are no business of git's: whoever debugs or watches it would see them. */
const OF_THE_CLOUD = /^(?:ALIBABA_CLOUD|AKSCAN)_/;

/** Whether what git sets for its hooks counts. */
type Caller = 'hook' | 'anybody';

/**
 * The environment git runs in. Replace refs and grafts are off: both make git show another object than the one that is
 * stored, and a scan wants what is stored.
 */
export const hardenedEnvironment = (caller: Caller = 'anybody'): Record<string, string> => {
  const env: Record<string, string> = {};
  const kept = (name: string): boolean =>
    !OF_THE_CLOUD.test(name) &&
    (!name.startsWith('GIT_') || KEPT.has(name) || (caller === 'hook' && SET_FOR_HOOKS.has(name)));
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && kept(name)) env[name] = value;
  }
  return Object.assign(env, {
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_ASKPASS: '',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS: '',
  });
};

/** Where git is to work. */
export interface GitPlace {
  /** The folder it is started in. */
  readonly cwd: string;
  /** Discovery stops here: git opens the repository of this folder or none. */
  readonly top: string;
  /** The work tree, for commands that need one, whatever the repository's `core.worktree` says. */
  readonly workTree?: string;
  /** `hook`: git may have said which repository, index and objects are meant. */
  readonly caller?: Caller;
  /** Only for a fetch that was asked for; without it git reaches nothing. */
  readonly reach?: Reach;
  /** `person`: the helpers that the person's own configuration names may be asked; only ever outside of any repository. */
  readonly helpers?: 'person';
}

/** The one way out that a fetch may take, and what it needs there. */
export interface Reach {
  readonly protocol: 'https' | 'http' | 'file' | 'ssh';
  /** Configuration, handed over in the environment: an `http.extraHeader` with a token must not stand in a list of processes. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** On stderr, what HTTP servers answered, without bodies and credentials (git, GIT_TRACE_CURL). */
  readonly trace?: 'headers';
}

/**
 * Over SSH: the program itself and nothing that git's configuration names in its place. It asks nobody anything (a host it
 * does not know is refused), runs no command on this machine, lends the other side nothing, and notices when that is gone.
 */
const SSH = [
  'ssh',
  '-oBatchMode=yes',
  '-oPermitLocalCommand=no',
  '-oClearAllForwardings=yes',
  '-oForwardAgent=no',
  '-oForwardX11=no',
  '-oConnectTimeout=30',
  '-oServerAliveInterval=15',
  '-oServerAliveCountMax=4',
].join(' ');

/** git-config, ENVIRONMENT: settings that are neither in a file nor on the command line. */
const reaching = ({ protocol, settings, trace }: Reach): Record<string, string> => ({
  GIT_ALLOW_PROTOCOL: protocol,
  // The variable wins over core.sshCommand, which is off.
  ...(protocol === 'ssh' ? { GIT_SSH_COMMAND: SSH, GIT_SSH_VARIANT: 'ssh' } : {}),
  ...(trace === undefined ? {} : { GIT_TRACE_CURL: '1', GIT_TRACE_CURL_NO_DATA: '1', GIT_TRACE_REDACT: '1' }),
  GIT_CONFIG_COUNT: String(settings.length),
  ...Object.fromEntries(
    settings.flatMap(([name, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, name],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
});

export interface GitEnd {
  readonly code: number;
  /** What git said on stderr: of more than 16 KB its beginning and its end. */
  readonly stderr: string;
}

export interface GitOutput {
  readonly stdout: Readable;
  /** Settles when git has ended and its output was read; rejects when it cannot be started or was aborted. */
  readonly ended: Promise<GitEnd>;
  kill(): void;
  /** With a reach also the number of the group its helpers are in; undefined when it could not be started. */
  readonly pid: number | undefined;
}

export interface GitProcess extends GitOutput {
  readonly stdin: Writable;
}

/** Of what git says, its beginning and its end: the reason it gives up may stand behind whatever the other side had to say. */
const STDERR_HALF = 8_192;

/**
 * Starts git. `args` begin with the command; what comes from outside stands after `--end-of-options` or `--`.
 *
 * @throws AkscanError when too many files are open
 */
export const startGit = (place: GitPlace, args: readonly string[], signal: AbortSignal): GitProcess => {
  const child = spawnGit(place, args, 'pipe', signal) as ChildProcessByStdio<Writable, Readable, Readable>;
  // Git may end before it has read all it was given (a corrupt object); its exit code tells that, not this pipe.
  child.stdin.on('error', () => {});
  return { ...outputOf(child, place, signal), stdin: child.stdin };
};

/** The same for what reads nothing: that spares a pipe. */
export const startGitAlone = (place: GitPlace, args: readonly string[], signal: AbortSignal): GitOutput =>
  outputOf(spawnGit(place, args, 'ignore', signal), place, signal);

/**
 * The same, but what it reads is what another program writes, without a stop here.
 *
 * @param from started in the same turn of the event loop: nothing of it was read yet, and nothing can be any more
 */
export const startGitOn = (
  from: GitOutput,
  place: GitPlace,
  args: readonly string[],
  signal: AbortSignal,
): GitOutput => {
  // One that could not be started has nothing to read from.
  const child = spawnGit(place, args, from.pid === undefined ? 'ignore' : from.stdout, signal);
  // So that one hears of it when the other is gone.
  from.stdout.destroy();
  return outputOf(child, place, signal);
};

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

/** How git is called. */
const callOf = (place: GitPlace, args: readonly string[]) => {
  const settings = [...hardenedConfig, ...FRUGAL]
    .filter((setting) => setting !== 'credential.helper=' || place.helpers === undefined)
    .flatMap((setting) => ['-c', setting]);
  return {
    args: ['--no-pager', ...settings, ...args],
    env: {
      ...hardenedEnvironment(place.caller),
      GIT_CEILING_DIRECTORIES: parentOf(place.top),
      ...(place.workTree === undefined ? {} : { GIT_WORK_TREE: place.workTree }),
      ...(place.reach === undefined ? {} : reaching(place.reach)),
    },
  };
};

const spawnGit = (
  place: GitPlace,
  args: readonly string[],
  stdin: 'pipe' | 'ignore' | Readable,
  signal: AbortSignal,
): Child => {
  signal.throwIfAborted();
  const call = callOf(place, args);
  // Part of files that everybody loads: only who starts git loads the module.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn('git', call.args, {
    cwd: place.cwd,
    env: call.env,
    stdio: [stdin, 'pipe', 'pipe'],
    windowsHide: true,
    detached: hasHelpers(place),
  }) as Child;
  // Node gives no streams then, whatever its types say.
  if ((child.stdout as Readable | undefined) === undefined) {
    child.once('error', () => {});
    throw tooManyFiles('git');
  }
  return child;
};

const outputOf = (child: Child, place: GitPlace, signal: AbortSignal): GitOutput => {
  let stderr = '';
  let stderrEnd = '';
  child.stderr.on('data', (chunk: Buffer) => {
    const text = chunk.toString('utf8');
    const room = STDERR_HALF - stderr.length;
    if (room > 0) stderr += text.slice(0, room);
    if (text.length > room) stderrEnd = (stderrEnd + text.slice(Math.max(room, 0))).slice(-STDERR_HALF);
  });
  const kill = (): void => {
    if (hasHelpers(place) && child.pid !== undefined) killGroup(child.pid);
    else child.kill('SIGKILL');
  };
  signal.addEventListener('abort', kill, { once: true });
  const ended = new Promise<GitEnd>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', kill);
      reject(error.code === 'ENOENT' ? gitMissing() : error);
    });
    child.once('close', (code) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(signal.reason);
      else resolve({ code: code ?? -1, stderr: stderr + stderrEnd });
    });
  });
  // Whoever awaits it sees the rejection; nobody may have got that far yet.
  ended.catch(() => {});
  for (const socket of [child.stdin, child.stdout, child.stderr]) if (socket !== null) closeQuietly(socket);
  return { stdout: child.stdout, ended, kill, pid: child.pid };
};

/** Node compares whatever it closes with standard error, and would have to make that first (src/standard-streams.ts). */
const closeQuietly = (socket: Readable | Writable): void => {
  const { _destroy: destroy } = socket;
  socket._destroy = (error, done) => withoutStreams(() => destroy.call(socket, error, done));
};

/**
 * A fetch starts programs of its own, which would go on with the transfer when git alone is killed: all of them are one group
 * (there are none on Windows).
 */
const hasHelpers = ({ reach }: GitPlace): boolean => reach !== undefined && process.platform !== 'win32';

const killGroup = (leader: number): void => {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
};

/** Runs a command whose output is small, and gives all of it. */
export const runGit = async (
  place: GitPlace,
  args: readonly string[],
  signal: AbortSignal,
): Promise<GitEnd & { readonly stdout: Buffer }> => {
  const git = startGitAlone(place, args, signal);
  const chunks: Buffer[] = [];
  git.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
  const end = await git.ended;
  return { ...end, stdout: Buffer.concat(chunks) };
};

/**
 * Runs a command whose output is short, and hands it on. What can be loaded later is not loaded for it.
 *
 * @param take gets pieces of the output, which are its own
 * @returns without what was said on standard error where all went well
 * @throws as `GitOutput.ended` rejects
 */
export const readGit = async (
  place: GitPlace,
  args: readonly string[],
  signal: AbortSignal,
  take: (piece: Buffer) => void,
): Promise<GitEnd> => {
  signal.throwIfAborted();
  const plain = runPlainly({ program: 'git', cwd: place.cwd, ...callOf(place, args) }, signal, take);
  if (plain !== null && (await plain)) return { code: 0, stderr: '' };
  // Also for what git has to say where it failed.
  const git = startGitAlone(place, args, signal);
  git.stdout.on('data', take);
  return git.ended;
};

const gitMissing = (): AkscanError => new AkscanError('git was not found', 'Install git 2.31 or newer.');

/** The sentence in what git wrote to stderr: its first `fatal:` or `error:` line, without that word. */
export const gitReason = (stderr: string): string => {
  const lines = stderr.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /^(fatal|error):/.test(text)) ?? lines.find((text) => text !== '');
  return line?.replace(/^(fatal|error):\s*/, '') ?? 'git gave no reason';
};

/** Why git will not read the repository at `top`, from what it said. */
export const refusal = (top: string, stderr: string): AkscanError =>
  /dubious ownership|unsafe repository/.test(stderr)
    ? new AkscanError(
        `${top} belongs to another user, so git refuses to read it`,
        `If you trust it: git config --global --add safe.directory ${top}`,
      )
    : new AkscanError(`git cannot read the repository ${top}: ${gitReason(stderr)}`);

const parentOf = (folder: string): string => folder.replace(/[/\\]+[^/\\]+[/\\]*$/, '') || '/';
