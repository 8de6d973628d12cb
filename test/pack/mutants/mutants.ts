// Ways to break the pack kernel: each replaces one text of one file, which must stand there exactly once. When the sources
// change, these follow.

export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const inFolder =
  (folder: string) =>
  (file: string, name: string, from: string, to: string): Mutant => ({
    name: `${file}: ${name}`,
    file: `${folder}/${file}.ts`,
    from,
    to,
  });

const inInflate = inFolder('src/inflate/assembly');
const inPack = inFolder('src/pack/assembly');

const inSearch = (name: string, from: string, to: string): Mutant => ({
  name: `search: ${name}`,
  file: 'src/kernel/assembly/search.ts',
  from,
  to,
});

export const MUTANTS: readonly Mutant[] = [
  inInflate('adler', 'sums run over', 'const STEPS: usize = 128;', 'const STEPS: usize = 2048;'),
  inInflate('adler', 'the bytes left over do not count', 'while (length) {', 'while (length > 32) {'),

  inPack(
    'delta',
    'a seam is one byte short on its left',
    'load<u64>(from + length - KEPT)',
    'load<u64>(from + length - KEPT) | 255',
  ),
  inPack(
    'delta',
    'a seam is one byte short on its right',
    'load<u64>(from) | LEFT_OUT',
    'load<u64>(from) | LEFT_OUT | (LEFT_OUT >> 8)',
  ),
  inPack('delta', 'a copy of 0x10000 is one byte short', 'length = 0x10000', 'length = 0xffff'),
  inPack(
    'delta',
    'an insert is searched without its last byte',
    'if (sizeof<T>() != 4) to += length;',
    'if (sizeof<T>() != 4) to += length - 1;',
  ),
  inPack('delta', 'what is kept of a full text is lost', 'to = NEW + KEPT;', 'to = NEW;'),
  inPack('delta', 'the last text is not searched', 'if (sizeof<T>() != 4) found |= <u32>(search(NEW, to) != 0);', ''),
  inPack(
    'delta',
    'what was found before the last text is forgotten',
    'if (sizeof<T>() != 4) found |= <u32>(search(NEW, to) != 0);',
    'if (sizeof<T>() != 4) found = <u32>(search(NEW, to) != 0);',
  ),
  inPack(
    'delta',
    'the third byte of an offset is ignored',
    'for (let i: u32 = 0; i < 7; i++) {',
    'for (let i: u32 = 0; i < 7; i += i == 1 ? 2 : 1) {',
  ),

  inPack(
    'entries',
    'a pass of the sort counts too few digits',
    'add(tallies + 8192, (offset >> 11) & 2047)',
    'add(tallies + 8192, (offset >> 11) & 31)',
  ),
  inPack('entries', 'the name of a base is always 20 bytes long', 'p += nameLength;', 'p += 20;'),
  inPack('entries', 'a long way back to a base is one step short', 'back = ((back + 1) << 7)', 'back = (back << 7)'),
  inPack('entries', 'deltas against names are never settled', 'if (namedDeltas == 0) return;', 'return;'),
  inPack('entries', 'what is broken is not told', 'kinds | (1 << LOST) | (1 << CIRCLE)', 'kinds | (1 << CIRCLE)'),

  inPack('entries', 'a circle is taken for something git could read', '? CIRCLE : met;', '? LOST : met;'),

  inInflate('huffman', 'the longest match is one byte short', '(258 << 16)', '(257 << 16)'),
  inInflate('huffman', 'long codes take their whole length again', '+ (rest << 8) + rest;', '+ (rest << 8) + length;'),

  inInflate(
    'inflate',
    'a stored block begins a byte early',
    '<usize>((place + 7) >> 3) + 4',
    '<usize>(place >> 3) + 4',
  ),
  inInflate(
    'inflate',
    'a repeat is stretched',
    'const step = <usize>load<u8>(STEPS + distance);',
    'const step: usize = 16;',
  ),
  inInflate('inflate', 'a match over 32 bytes is cut', 'if (length > 32) {', 'if (length > 64) {'),
  inInflate('inflate', 'a repeat of nine bytes is copied by sixteen', 'if (distance >= 16) {', 'if (distance >= 9) {'),

  inPack('jobs', 'chains are at most 31 deep', '(depth << 8) |', '((depth & 31) << 8) |'),
  inPack('jobs', 'every child is the last', '? LAST_CHILD : 0;', '? LAST_CHILD : LAST_CHILD;'),
  inPack('jobs', 'a child is left out', 'put(nextChild, child, NONE);', 'put(firstChild, index, NONE);'),
  inPack('jobs', 'a window begins one job late', 'windowJob = end;', 'windowJob = end + 1;'),
  inPack('jobs', 'streams grow by nothing', '(size >> 3) + 1024', '(size >> 3)'),

  inPack(
    'loose',
    'an object is searched without its last byte',
    'search(object + from, object + to)',
    'search(object + from, object + to - 1)',
  ),
  inPack('loose', 'the checksum may be anywhere', 'file + used + 4 != end', 'file + used != end'),

  inPack('memory', 'what is handed out overlaps', 'top = at + bytes;', 'top = at + (bytes >> 1);'),

  inPack('names', 'of a commit only the first name is checked', 'at += hex + 1;', 'at += hex + 2;'),
  inPack('names', 'of trees no name is checked', 'if (!isSubmodule) check(at);', ''),
  inPack('names', 'a submodule is asked for', 'if (!isSubmodule) check(at);', 'check(at);'),
  inPack('names', 'names are forgotten', 'store<u32>(slots + (<usize>slot << 2), proof);', ''),

  inPack(
    'run',
    'a child of what holds an anchor is not built',
    'const inherited = load<u32>(parent, 8);',
    'const inherited: u32 = 0;',
  ),
  inPack('run', 'the last job of a window is skipped', 'index < count; index++', 'index + 1 < count; index++'),
  inPack('run', 'both stacks are one', '== UP ? DOWN : UP;', '== UP ? UP : DOWN;'),
  inPack('run', 'a parent is let go with its first child', 'if (load<u32>(job, 12) & LAST_CHILD)', 'if (depth > 0)'),
  inPack('run', 'the checksum is not compared', '== adler32(to, size);', '!= adler32(to, size) + 1;'),
  inPack(
    'run',
    'what hangs on a broken object is read all the same',
    'if (depth > brokenAt) {',
    'if (depth > NOWHERE - 1) {',
  ),
  inPack(
    'run',
    'the lower stack is moved, those on it are not told',
    'store<usize>(level, load<usize>(level) + more)',
    'store<usize>(level, load<usize>(level))',
  ),
  inPack(
    'run',
    'an object is searched without its last byte',
    'search(at, at + length)',
    'search(at, at + length - 1)',
  ),
  inPack(
    'run',
    'what is above the limit is handed over',
    'if (length > wanted) tooLarge(index, <u32>length);',
    'if (length > wanted + 64) tooLarge(index, <u32>length);',
  ),

  inSearch('an anchor at the very end does not count', '<= end) return true;', '< end) return true;'),
  inSearch('one place in 33 is passed over', 'p += 32;', 'p += 33;'),
  inSearch('the second half of a step is misplaced', '<< 16);', '<< 15);'),
  inSearch('an anchor is lost when a step ends after its second byte', 'second = y1;', 'second = zero;'),
  inSearch('an anchor is lost when a step ends within its first two bytes', 'first = y0;', 'first = zero;'),
  inSearch('an anchor is lost when the first half of a step ends within it', 'back2(x0, y0)', 'back2(zero, y0)'),
];
