// Longer stretches of ordinary material: minified code, lock files, binary in base64.

/** About `n` characters of minified JavaScript without line breaks, with long names and hashes in it. */
export const minified = (k, n) => {
  let out = '';
  while (out.length < n) {
    out += k.pick([
      () => `function ${k.lower(1)}(e,t){return e.${k.word()}(t,${k.int(1, 999)})}`,
      () => `${k.lower(1)}.${k.camel(k.int(12, 30))}=!0,`,
      () => `"${k.word()}-${k.hex(8)}":"${k.hex(20)}",`,
      () => `${k.int(1000, 99999)}:(e,t,n)=>{"use strict";n.d(t,{${k.upper(1)}:()=>${k.lower(1)}})},`,
      () => `var ${k.lower(2)}=n(${k.int(100, 9999)}),${k.lower(2)}=n.n(${k.lower(2)});`,
      () => `throw new Error("${k.word()} ${k.word()} ${k.word()}");`,
    ])();
  }
  return `${out};`;
};

/** An image as a data URL; `inside` is put somewhere in the middle of its base64. */
export const image = (k, n, inside = '') => `data:image/png;base64,iVBORw0KGgo${k.base64(n)}${inside}${k.base64(n)}==`;
