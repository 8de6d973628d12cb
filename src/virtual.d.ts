// Modules made at build time by scripts/virtual-modules.mjs.

declare module 'akscan:kernel' {
  /** The search kernel's WebAssembly binary, base64. */
  const wasm: string;
  export default wasm;
}

declare module 'akscan:pack-kernel' {
  /** The pack kernel's WebAssembly binary, base64. */
  const wasm: string;
  export default wasm;
}

declare module 'akscan:inflate-kernel' {
  /** The inflate kernel's WebAssembly binary, base64. */
  const wasm: string;
  export default wasm;
}

declare module 'akscan:sift-kernel' {
  /** The sift kernel's WebAssembly binary, base64. */
  const wasm: string;
  export default wasm;
}

declare module 'akscan:rules' {
  /** The rules of rules/*.yml, in file-name order; checked against rules/schema.json when the project is built. */
  const rules: readonly unknown[];
  export default rules;
}

declare module 'akscan:vocabulary' {
  /** The contents of rules/vocabulary.yml, checked in the same way. */
  const vocabulary: unknown;
  export default vocabulary;
}

declare module 'akscan:anchors' {
  /** What the built-in rules' anchors look like, and how the search kernel arranges those that take part by default. */
  const made: {
    /** By prefix; each form as latin1. */
    readonly forms: Readonly<Record<string, readonly string[]>>;
    /** One a line. */
    readonly words: string;
    readonly places: readonly number[];
    /** Of each, as the kernel's addAnchor takes them. */
    readonly windows: readonly number[];
  };
  export default made;
}

declare module 'akscan:version' {
  const version: string;
  export default version;
}

declare module 'akscan:config-schema' {
  /** schema/config.schema.json */
  const schema: Readonly<Record<string, unknown>>;
  export default schema;
}

declare module 'akscan:rule-schema' {
  /** rules/schema.json */
  const schema: Readonly<Record<string, unknown>>;
  export default schema;
}

declare module 'akscan:finding-schema' {
  /** schema/finding.schema.json */
  const schema: Readonly<Record<string, unknown>>;
  export default schema;
}

declare module 'akscan:html-script' {
  /** src/report/html/page/page.ts with all that it imports, as one script. */
  const script: string;
  export default script;
}

declare module 'akscan:html-style' {
  /** src/report/html/page/page.css */
  const style: string;
  export default style;
}
